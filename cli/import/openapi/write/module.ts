import { importLine } from '../../../project/index.ts'
import { SECRET } from '../../write/suite.ts'
import { OWN_NAMES, type Plan } from '../plan.ts'
import { exampleOf, exampleText } from './examples.ts'
import { commentText, declarationText } from '../types/text.ts'
import { clientsOf } from './clients.ts'
import { helperTexts, type Helper } from './helpers.ts'
import type { Literals } from './literal.ts'
import { operationText } from './operation.ts'

/** A client module. */
export interface Module {
  text: string
  /** Operations of which it has an example. */
  examples: number
  /** Operations whose examples are not of their types. */
  odd: readonly string[]
}

/** A client module as TypeScript. */
export function moduleText(plan: Plan, about: string, literals: Literals): Module {
  const used = new Set<Helper>()
  const ids = new Set(plan.operations.map(({ id }) => id))
  const clients = clientsOf(plan, new Set([...ids, ...OWN_NAMES]))
  const odd: string[] = []
  let examples = 0
  const functions = plan.operations.flatMap((operation) => {
    const example = ids.has(`${operation.id}Example`) ? undefined : exampleOf(operation, plan)
    if (example === 'odd') odd.push(operation.id)
    const texts = operationText(operation, clients.of(operation), plan, used)
    if (example === undefined || example === 'odd') return texts
    examples++
    return [
      ...texts,
      exampleText(
        operation,
        example.fields.map(([key, value]) => [key, literals.node(value, key)]),
      ),
    ]
  })
  const types = plan.declarations.map(declarationText)
  const helpers = helperTexts(used)
  const body = [clients.text, ...types, ...functions].join('\n\n')
  const names = [
    'client',
    ...(used.has('queryOf') ? ['query'] : []),
    ...(/\bsettings\(\)/.test(body) ? ['settings'] : []),
  ]
  const answers = /\bResponse\b/.test([...functions, ...helpers].join('\n')) ? ['type Response'] : []
  const head = [
    importLine([...names, ...answers], 'loadwright'),
    ...(clients.encodes ? ["import encoding from 'k6/encoding'"] : []),
    ...(/\bFileData\b/.test(body) ? ["import type { FileData } from 'k6/http'"] : []),
  ]
  const blocks = [
    head.join('\n'),
    ...(/\bsecret\('/.test(body) ? [SECRET] : []),
    ...(/\bPlain\b/.test(body) && !helpers.some((one) => one.startsWith('type Plain'))
      ? helperTexts(new Set(['Plain']))
      : []),
    clients.text,
    ...helpers,
    ...types,
    ...functions,
  ]
  return { text: `${commentText(about)}\n${blocks.join('\n\n')}\n`, examples, odd }
}
