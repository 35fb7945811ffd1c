/** A file of a run that is read at any place. */
export interface OpenedFile {
  /** Fills a part of a buffer with what stands at a place of the file; tells how many bytes there were. */
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

/** What a run left, by the names of its files, wherever they lie. Without a file, reading rejects with the code ENOENT. */
export interface RunFolder {
  /** Where it is, as people name it. */
  readonly path: string
  /** The whole text of a file. */
  text(name: string): Promise<string>
  /** A text that may be long, in parts. */
  stream(name: string): AsyncIterable<string>
  /** A file to be read at any place. */
  open(name: string): Promise<OpenedFile>
  /** By what a file is told from what it is after a change: its size and time. */
  state(name: string): Promise<string>
  /** Writes a file whole or not at all; rejects where the folder takes none. */
  keep(name: string, text: string): Promise<void>
}
