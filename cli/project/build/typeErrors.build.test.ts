import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../base/index.ts'
import { typeErrors } from './typeErrors.ts'

test('the project’s own TypeScript is asked, and asked again after a change', async () => {
  // Not below node_modules, where files are no author's.
  const cache = join(packageRoot, 'dist')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'loadwright-types-'))
  try {
    const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
    await write('tsconfig.json', '{ "compilerOptions": { "strict": true, "types": [] } }')
    await write('b.ts', 'export const b: number = known\n')
    await write('a.ts', `import { b } from './b'\nexport const a: string = b\n`)
    const file = join(folder, 'a.ts')
    const told = `${relative(process.cwd(), file)}:2:14: TS2322: Type 'number' is not assignable to type 'string'.`
    const unknown = `${relative(process.cwd(), join(folder, 'b.ts'))}:1:26: TS2304: Cannot find name 'known'.`
    expect(await typeErrors(file, 60_000)).toEqual([unknown, told])
    await write('globals.d.ts', 'declare var known: number\n')
    expect(await typeErrors(file, 60_000)).toEqual([told])
    await write('b.ts', `export const b: string = 'changed'\n`)
    expect(await typeErrors(file, 60_000)).toEqual([])
    expect(await typeErrors(join(folder, 'a.js'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
}, 60_000)
