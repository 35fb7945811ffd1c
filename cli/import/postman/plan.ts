import { quote } from '../../../config/problem/problem.ts'
import { printable, UserError } from '../../base/index.ts'
import type { Note } from '../recording.ts'
import type { Bound } from '../traffic/bind.ts'
import { expectedOf, type Expected } from '../traffic/checks.ts'
import type { Comments } from '../traffic/comments.ts'
import { lift } from '../traffic/lifted.ts'
import { freeNames } from '../traffic/names.ts'
import type { Plan } from '../traffic/plan.ts'
import { requestNames } from '../traffic/requestNames.ts'
import type { Group } from '../traffic/steps.ts'
import { textNode } from '../write/requests/value.ts'
import { addressIn } from './address.ts'
import { checksFor } from './checksFor.ts'
import type { Item } from './collection.ts'
import { isSecret } from '../secrets/isSecret.ts'
import type { GivenVariable } from './given.ts'
import { TODO } from '../todo.ts'
import { hideCode } from '../hideCode.ts'
import { numbersIn } from './numbersIn.ts'
import { requestOf, targetOf, UNKNOWN_ORIGIN, type MadeRequest } from './requests.ts'
import { scriptsOf, type MadeVariable, type ReadVariable } from './scripts.ts'
import { variablesOf, type Variables } from './variables.ts'

/** A collection as a plan, and what else there is to write. */
export interface PostmanPlan {
  plan: Plan
  variables: Variables
  left: readonly Note[]
  /** Lines that the journey begins with. */
  opens: readonly string[]
}

/** Makes a plan of the requests of a collection. Throws UserError where none of them can be sent. */
export function postmanPlan(
  items: readonly Item[],
  given: ReadonlyMap<string, GivenVariable>,
  reserved: ReadonlySet<string>,
  file: string,
): PostmanPlan {
  const names = freeNames(reserved)
  const numbers = numbersIn(items)
  const scripts = scriptsOf(items, names, numbers)
  const variables = variablesOf(given, [...scripts.reads, ...scripts.made], names, numbers)
  const base = baseOf(items, variables)
  const left: Note[] = []
  const requests = new Map<number, MadeRequest>()
  for (const [at, item] of items.entries()) {
    const made = requestOf({ ...item, sent: scripts.headers.get(at) ?? [] }, at, variables, base, left)
    if (made !== undefined) requests.set(at, made)
  }
  if (requests.size === 0)
    throw new UserError(`${file}: none of its requests can be sent: ${left[0]?.text ?? ''}`)
  const order = [...requests.keys()]
  const numberOf = new Map(order.map((at, index) => [at, index]))
  const lifted = lift(
    [...requests.values()].map(({ draft }) => draft),
    names,
    variables.secrets,
  )
  const hide = (text: string): string => lifted.hide(text)
  const secrets = [...lifted.secrets.keys()]
  const comments = commentsOf(requests, scripts.kept, numberOf, hide)
  const expected = expectedOf(lifted.drafts, (text) => secrets.some((one) => text.includes(one))).map(
    (one, index): Expected => {
      const at = order[index] ?? 0
      const text = (name: string): string | undefined => {
        const value = variables.value(`{{${name}}}`, at)
        return value === undefined ? undefined : textNode(value).text
      }
      const lost: string[] = []
      const own = checksFor(one, items[at], scripts.tests.get(at) ?? [], { hide, text }, lost)
      if (lost.length > 0) {
        const { before, after } = comments.get(index) ?? { before: [], after: [] }
        const told = `${TODO} the test ${lost.map(quote).join(', ')}: no file has the value of its variable`
        comments.set(index, { before, after: [...after, hideCode(told, hide)] })
      }
      return own
    },
  )
  // Checks use variables, too.
  const made = scripts.made.filter(({ uses }) => uses.size > 0)
  const opens = made.map((one) => `const ${one.variable} = ${madeText(one, variables)}`)
  const plan: Plan = {
    base,
    drafts: lifted.drafts,
    requestNames: requestNames(lifted.drafts, lifted.hide),
    groups: groupsOf(items, order, hide),
    expected,
    bound: boundOf(scripts.reads, numberOf),
    lifted,
    left: new Map(),
    hops: 0,
    names,
    comments,
  }
  return {
    plan,
    variables,
    left,
    opens,
  }
}

/** Where most requests go; of several equal ones the first. */
function baseOf(items: readonly Item[], variables: Variables): string {
  const counts = new Map<string, number>()
  for (const { request } of items) {
    const address = addressIn(request.url)
    const origin = address && targetOf(address, variables)?.origin
    if (origin !== undefined && origin !== UNKNOWN_ORIGIN) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? UNKNOWN_ORIGIN
}

/** Requests of one folder that follow each other are a step; one outside of folders is a step of its own. */
function groupsOf(items: readonly Item[], order: readonly number[], hide: (text: string) => string): Group[] {
  const groups: { name: string; requests: number[]; folder: number | undefined }[] = []
  for (const [index, at] of order.entries()) {
    const item = items[at]
    const folder = item?.folder
    const open = groups.at(-1)
    if (folder !== undefined && open?.folder === folder.id) open.requests.push(index)
    else
      groups.push({
        name: stepName(folder?.name ?? item?.name ?? 'step'),
        requests: [index],
        folder: folder?.id,
      })
  }
  const taken = new Map<string, number>()
  return groups.map(({ name, requests }) => {
    const own = hide(name)
    const count = (taken.get(own) ?? 0) + 1
    taken.set(own, count)
    return { name: count === 1 ? own : `${own} (${count})`, requests, pause: undefined }
  })
}

const stepName = (name: string): string =>
  printable(name).replace(/::/g, ':').replace(/\s+/g, ' ').trim().slice(0, 60).trim() || 'step'

function boundOf(reads: readonly ReadVariable[], numberOf: ReadonlyMap<number, number>): Bound[] {
  return reads.flatMap(({ at, name, variable, reading, uses }): Bound[] => {
    const from = numberOf.get(at)
    const own = [...uses].flatMap((use) => numberOf.get(use) ?? [])
    if (from === undefined || own.length === 0) return []
    return [
      {
        variable,
        name,
        value: '',
        evidence: 100,
        source: { at: from, reading, name, weight: 5 },
        uses: own.map((use) => ({ at: use, where: 'body', name })),
      },
    ]
  })
}

function commentsOf(
  requests: ReadonlyMap<number, MadeRequest>,
  kept: ReadonlyMap<number, { before: string[]; after: string[] }>,
  numberOf: ReadonlyMap<number, number>,
  hide: (text: string) => string,
): Map<number, Comments> {
  const comments = new Map<number, Comments>()
  const told = new Set<string>()
  for (const [at, { todo }] of requests) {
    const lines = kept.get(at) ?? { before: [], after: [] }
    const fresh = todo.filter((text) => !told.has(text))
    for (const text of fresh) told.add(text)
    const own = {
      before: [...fresh.map((text) => `${TODO} ${text}`), ...lines.before].map((line) =>
        hideCode(line, hide),
      ),
      after: lines.after.map((line) => hideCode(line, hide)),
    }
    if (own.before.length + own.after.length > 0) comments.set(numberOf.get(at) ?? 0, own)
  }
  return comments
}

const isText = ({ code }: { code: string }): boolean => code.endsWith('.toISOString()')

/** What a script makes, as an expression: a variable of Postman's is a text, but where it stands in JSON as a number. */
function madeText({ name, access, from, number }: MadeVariable, variables: Variables): string {
  if (access.of === 'made') return number || isText(access) ? access.code : `String(${access.code})`
  const text = access.of === 'template' ? access.name : access.of === 'literal' ? String(access.value) : ''
  if (text !== '' && !text.includes('{{') && isSecret(name, text))
    return `secret('${variables.secretFor(name, text)}')`
  return textNode(variables.value(text, from - 1) ?? '').text
}
