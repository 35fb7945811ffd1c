import { relative } from 'node:path'
import { packageRoot, version } from '../../base/index.ts'
import type { Bundle } from './bundle.ts'

/**
 * A bundle that was not minified, as a file that a person goes on with: a heading that says what it is, and above each
 * part, in a comment, the file that it comes from, loadwright's own named as such. Its map moves with it.
 */
export function readableError({ code, map }: Bundle, source: string, folder: string): Bundle {
  const ours = relative(folder, packageRoot).replaceAll('\\', '/')
  const heading = [
    `// ${source} and everything that it imports, as one plain k6 script: k6 run <this file>`,
    `// Bundled by loadwright ${version}. Each part begins with the file that it comes from; parts of loadwright are`,
    '// yours to keep, to change, or to replace by the k6 calls that they make.',
    '',
  ]
  const named = code
    .split('\n')
    .map((line) =>
      ours !== '' && line.startsWith(`// ${ours}/`) ? `// loadwright: ${partOf(line, ours)}` : line,
    )
  const { mappings, ...rest } = JSON.parse(map) as { mappings: string }
  return {
    code: [...heading, ...named].join('\n'),
    map: JSON.stringify({ ...rest, mappings: ';'.repeat(heading.length) + mappings }),
  }
}

const partOf = (line: string, ours: string): string => line.slice(ours.length + 4).replace(/^dist\/npm\//, '')
