import type { RunFolder } from '../../cli/record/index.ts'

/** The folder of a run that is on no disk: its files by name. */
export function memoryFolder(files: Readonly<Record<string, string | Buffer>>): RunFolder {
  const bytesOf = (name: string): Promise<Buffer> => {
    const content = files[name]
    return content === undefined
      ? Promise.reject(Object.assign(new Error(`no ${name}`), { code: 'ENOENT' }))
      : Promise.resolve(Buffer.from(content))
  }
  const text = async (name: string): Promise<string> => (await bytesOf(name)).toString('utf8')
  return {
    path: 'memory',
    text,
    state: async (name) => String((await bytesOf(name)).length),
    keep: () => Promise.reject(new Error('nothing is kept in memory')),
    async *stream(name) {
      yield await text(name)
    },
    async open(name) {
      const bytes = await bytesOf(name)
      return {
        read: (buffer, offset, length, position) =>
          Promise.resolve({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
        close: () => Promise.resolve(),
      }
    },
  }
}
