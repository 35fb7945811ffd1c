import { parseJson } from '../../base/index.ts'
import { formDamage, type Form } from '../../record/index.ts'
import { countOf, partOf, type JoinedReport } from '../../run/index.ts'
import { LIMITS } from './limits.ts'

const STATES = ['starting', 'ready', 'setUp', 'running', 'over', 'ended'] as const

const REPORT: Form = {
  keys: {
    part: { keys: { id: 'text', segment: 'text', sequence: 'text' } },
    session: 'text',
    sha256: 'text',
    state: { oneOf: STATES },
    k6: { keys: { version: 'text', path: 'text', command: { list: 'text' } } },
    machine: 'text',
    host: 'text',
    'region?': 'text',
    'warnings?': { list: 'text' },
    'setup?': { keys: { 'failed?': 'text' } },
    'started?': 'text',
    'end?': {
      keys: {
        'code?': 'number',
        'lost?': 'text',
        ended: 'text',
        'interruptedIterations?': 'number',
        'watched?': {
          keys: {
            samples: { list: { keys: { at: 'number', busy: 'number', k6: 'number', 'late?': 'number' } } },
            clockShift: 'number',
          },
        },
        'memory?': { keys: { total: 'number', left: 'number', k6: 'number' } },
      },
    },
  },
}

/** Characters of a text in a report that are kept at most. */
const MAX_CHARACTERS = 400
const MAX_WARNINGS = 10

/** A report as an instance elsewhere sends it; undefined where it is none. */
export function reportOf(body: Buffer): JoinedReport | undefined {
  const value = parseJson(body.toString())
  if (formDamage(value, REPORT) !== undefined) return undefined
  const report = value as JoinedReport
  const { part, machine, host, region, warnings, started, end } = report
  const count = countOf(part)
  try {
    const own = partOf(`${part.id}/${count}`, LIMITS.instances)
    if (own.segment !== part.segment || own.sequence !== part.sequence) return undefined
  } catch {
    return undefined
  }
  if ([started, end?.ended].some((time) => time !== undefined && Number.isNaN(Date.parse(time))))
    return undefined
  const short = (text: string): string => text.slice(0, MAX_CHARACTERS)
  return {
    ...report,
    machine: short(machine),
    host: short(host),
    ...(region === undefined ? {} : { region: short(region) }),
    ...(warnings === undefined ? {} : { warnings: warnings.slice(0, MAX_WARNINGS).map(short) }),
    ...(end?.lost === undefined ? {} : { end: { ...end, lost: short(end.lost) } }),
  }
}
