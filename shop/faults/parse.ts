import { ShopError } from '../errors.ts'
import { didYouMean } from '../suggest.ts'
import type { Fault, FaultName } from './fault.ts'
import { FAULT_TABLE } from './table.ts'

/** The faults as `shop --help` lists them. */
export const FAULTS: readonly { name: string; syntax: string; meaning: string; example: string }[] =
  Object.entries(FAULT_TABLE).map(([name, { syntax, meaning, example }]) => ({
    name,
    syntax,
    meaning,
    example,
  }))

const isName = (name: string): name is FaultName => Object.hasOwn(FAULT_TABLE, name)

const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`)

/** Reads one fault such as `latency=/product:80`; throws a ShopError: what was got, what is allowed, an example. */
export function parseFault(text: string): Fault {
  const at = text.indexOf('=')
  const name = (at < 0 ? text : text.slice(0, at)).trim()
  const names = Object.keys(FAULT_TABLE)
  if (!isName(name))
    throw new ShopError([
      `Fault "${text}": "${name}" is not one of ${names.join(', ')}.${didYouMean(name, names)} ` +
        `Write for example ${FAULT_TABLE.latency.example}.`,
    ])
  const row = FAULT_TABLE[name]
  try {
    if (at < 0) throw new Error('it has no value')
    return { ...row.read(text.slice(at + 1).trim()), text }
  } catch (cause) {
    const clause = cause instanceof Error ? cause.message : String(cause)
    throw new ShopError(
      [`Fault "${text}": ${sentence(clause)} Write ${row.syntax}, for example ${row.example}.`],
      { cause },
    )
  }
}

/** Reads many faults; throws one ShopError with the problems of all, a contradiction among them included. */
export function parseFaults(texts: readonly string[]): readonly Fault[] {
  const faults: Fault[] = []
  const problems: string[] = []
  for (const text of texts) {
    try {
      faults.push(parseFault(text))
    } catch (error) {
      if (!(error instanceof ShopError)) throw error
      problems.push(...error.problems)
    }
  }
  for (const [name, row] of Object.entries(FAULT_TABLE)) {
    const given = faults.filter((fault) => fault.kind === name).map((fault) => `"${fault.text}"`)
    if (row.once && given.length > 1)
      problems.push(`Fault ${name} is given ${given.length} times: ${given.join(', ')}. Write it once.`)
  }
  if (problems.length > 0) throw new ShopError(problems)
  return faults
}
