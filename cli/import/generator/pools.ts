import { readFile } from 'node:fs/promises'
import { parseJson, UserError } from '../../base/index.ts'
import { keyText, plainWords, readCsv } from '../../project/index.ts'
import type { Made } from '../made.ts'
import type { Note } from '../recording.ts'
import { isRecord } from '../studio/raw.ts'
import type { Names } from '../traffic/names.ts'
import { rowsText } from '../write/requests/pool.ts'
import { isSecret } from '../secrets/isSecret.ts'
import { dataFileOf } from './files.ts'
import type { Generator } from './generator.ts'

/** Rows of one data file. */
interface Rows {
  /** The file's name without folders and ending. */
  name: string
  /** The constant that it is imported as. */
  pool: string
  rows: readonly Readonly<Record<string, string>>[]
  /** Variables by the columns that are used. */
  columns: Map<string, string>
}

/** Data files of a generator, as pools beside the suite. */
export interface Pools {
  /** The variable that holds a value of a row; a sentence where it cannot. */
  columnOf: (
    fileName: string,
    column: string,
  ) => { variable: string } | { secret: string } | { problem: string }
  imports: (suite: string) => string[]
  /** Lines that a journey takes its rows by. */
  opens: () => string[]
  files: (suite: string) => Made['files']
  notes: () => Note[]
}

/** The data files that rules name, read once. */
export async function poolsOf(
  path: string,
  { rules, relative }: Generator,
): Promise<(names: Names) => Pools> {
  const named = rules.flatMap((rule) =>
    isRecord(rule.value) && typeof rule.value.fileName === 'string' && rule.enabled !== false
      ? [rule.value.fileName]
      : [],
  )
  const read = new Map<string, readonly Readonly<Record<string, string>>[] | string>()
  for (const name of new Set(named)) {
    const place = dataFileOf(path, name, relative)
    read.set(name, place === undefined ? 'its data file is not there' : await rowsIn(place))
  }
  return (names) => poolsFrom(read, names)
}

async function rowsIn(path: string): Promise<readonly Record<string, string>[] | string> {
  try {
    const bytes = await readFile(path)
    if (bytes.length > MAX_BYTES) return 'its data file has more than 10 MiB'
    if (/\.csv$/i.test(path)) return readCsv(bytes)
    const json = parseJson(bytes.toString('utf8').replace(/^\uFEFF/, ''))
    if (!Array.isArray(json)) return 'its data file is no list of objects'
    return json.filter(isRecord).map((row) => Object.fromEntries(Object.entries(row).map(textOf)))
  } catch (error) {
    if (error instanceof UserError || error instanceof Error)
      return `its data file cannot be read: ${error.message}`
    throw error
  }
}

const MAX_BYTES = 10 * 1024 * 1024
const textOf = ([name, value]: [string, unknown]): [string, string] => [
  name,
  typeof value === 'string' ? value : JSON.stringify(value),
]

function poolsFrom(
  read: ReadonlyMap<string, readonly Readonly<Record<string, string>>[] | string>,
  names: Names,
): Pools {
  const used = new Map<string, Rows>()
  const secret = new Set<string>()
  return {
    columnOf(fileName, column) {
      const rows = read.get(fileName)
      if (rows === undefined || typeof rows === 'string')
        return { problem: rows ?? 'its data file is not there' }
      if (rows.length === 0) return { problem: 'its data file has no rows' }
      if (!rows.every((row) => Object.hasOwn(row, column)))
        return { problem: `its data file has no column ${JSON.stringify(column.slice(0, 40))} in each row` }
      if (rows.some((row) => isSecret(column, row[column] ?? ''))) {
        secret.add(column)
        return { secret: column }
      }
      const name = fileName.replace(/^.*[/\\]/s, '').replace(/\.\w+$/, '')
      const own = used.get(fileName) ?? {
        name,
        pool: names.give(name, 'Rows'),
        rows,
        columns: new Map<string, string>(),
      }
      used.set(fileName, own)
      const variable = own.columns.get(column) ?? names.give(column, 'Value')
      own.columns.set(column, variable)
      return { variable }
    },
    imports: (suite) =>
      [...used.values()].map(({ pool, name }) => `import ${pool} from './${fileOf(suite, name)}'`),
    opens: () =>
      [...used.values()].map(({ pool, columns }) => {
        const fields = [...columns].map(([column, variable]) =>
          column === variable ? `${variable} = ''` : `${keyText(column)}: ${variable} = ''`,
        )
        return `const { ${fields.join(', ')} } = nextRow(${pool})`
      }),
    files: (suite) =>
      [...used.values()].map(({ name, rows, columns }) => ({
        name: fileOf(suite, name),
        text: rowsText([...columns.keys()], rows),
      })),
    notes: () =>
      [...secret].map((column) => ({
        text: `the column ${column} is a secret, and not copied: one variable is for all rows; where each user has another, give the pool a column with the name of a variable: secret(variable)`,
      })),
  }
}

const fileOf = (suite: string, name: string): string =>
  `${suite}-${plainWords(name).join('-').toLowerCase() || 'rows'}.pool.csv`
