import { keyText, quoted } from '../../../project/index.ts'
import { statement } from '../../write/layout.ts'
import { call, object, raw, type Node } from '../../write/node.ts'
import type { Plan } from '../plan.ts'
import { checksOf } from './checks.ts'
import type { Try, Tries } from './tries.ts'

/** The journey of a smoke test. */
export interface SmokeJourney {
  text: string
  checks: number
}

/** A journey that tries nothing would pass. */
const NOTHING = `  throw new Error('no operation is tried: write steps that call the client')`

const pad = (depth: number): string => '  '.repeat(depth)

/** A journey that tries each operation once, a step each; one that fails does not keep the others from being tried. */
export function smokeJourney(
  tries: Tries,
  name: string,
  variable: string,
  plan: Plan,
  used: Set<string>,
): SmokeJourney {
  let checks = 0
  const columns = [...tries.pool.columns.keys()]
  used.add('journey')
  if (tries.first.length > 0) used.add('step').add('check')
  if (columns.length > 0) used.add('nextRow')

  const lines = (depth: number, { operation, given, feeds, within }: Try): string[] => {
    const fields = given.map(([key, value]): [string, Node] => [keyText(key), value])
    const own = checksOf(operation, plan, used)
    checks += own.length + (feeds === undefined ? 0 : 1)
    const held = feeds === undefined ? '' : `const ${feeds.variable} = `
    const sent = call(operation.id, ...(fields.length === 0 ? [] : [object(fields)]))
    return [
      `${pad(depth)}${held}step(${quoted(operation.id)}, () => {`,
      statement(depth + 1, 'const answer = ', sent),
      statement(
        depth + 1,
        feeds === undefined ? '' : 'const held = ',
        call('check', raw('answer'), object(own)),
      ),
      ...(feeds === undefined ? [] : firstLines(depth + 1, operation.id, feeds, used)),
      `${pad(depth)}})`,
      ...(feeds === undefined || within.length === 0
        ? []
        : [
            `${pad(depth)}if (${feeds.variable} !== undefined) {`,
            ...within.flatMap((one) => lines(depth + 1, one)),
            `${pad(depth)}}`,
          ]),
    ]
  }

  const body = tries.first.flatMap((one) => lines(1, one))
  const head = `export const ${variable} = journey(${quoted(name)}, () => `
  const row = columns.length === 0 ? [] : [rowText(columns)]
  return {
    text: [`${head}{`, ...row, ...(body.length === 0 ? [NOTHING] : body), '})'].join('\n'),
    checks,
  }
}

function firstLines(
  depth: number,
  id: string,
  feeds: NonNullable<Try['feeds']>,
  used: Set<string>,
): string[] {
  used.add('firstOf')
  const read = `answer.json<${feeds.type} | undefined>(${quoted(feeds.selector)})`
  return [
    `${pad(depth)}if (!held) return undefined`,
    statement(depth, 'return ', call('firstOf', raw(quoted(id)), raw(read))),
  ]
}

const rowText = (columns: readonly string[]): string => {
  const one = `  const { ${columns.map((column) => `${column} = ''`).join(', ')} } = nextRow(values)`
  return one.length <= 110
    ? one
    : `  const {\n${columns.map((column) => `    ${column} = '',\n`).join('')}  } = nextRow(values)`
}
