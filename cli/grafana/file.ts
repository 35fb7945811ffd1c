/** A generated file: its path from the folder `grafana`, and its text. */
export interface File {
  readonly path: string
  readonly text: string
}
