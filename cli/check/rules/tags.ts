import { REQUESTS } from '../../record/index.ts'
import { quote } from '../../../config/problem/problem.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { VALUE_BYTES } from '../../project/index.ts'
import { AGENT_LABELS, DROPPED_LABELS, labelOf, SHARED_LABELS } from '../sm.ts'
import { REPEATED_ITERATIONS } from '../walk/walks.ts'
import type { Recording } from '../../../testing/types.ts'
import { byKey, tagUses, type TagUse } from './tagUses.ts'

/** The tags, each key once, whose label is one of those. */
const labelled = (subject: Subject, labels: readonly string[]): ScriptPlace[] =>
  byKey(tagUses(subject))
    .filter(({ key }) => labels.includes(labelOf(key)))
    .map(({ key, at }) => ({ at, got: `the tag ${quote(key)}` }))

/** Rules about tags. */
export const TAG_RULES: readonly Rule[] = [
  {
    id: 'tag-reserved',
    severity: 'error',
    looks: `the tags ${AGENT_LABELS.map((name) => `\`${name}\``).join(', ')}`,
    why: 'the agent writes these labels itself, and its values win: the script’s are lost, and series that differ by them alone overwrite each other',
    fix: 'name the tag otherwise, such as target_job',
    find: (subject) => labelled(subject, AGENT_LABELS),
  },
  {
    id: 'tag-clash',
    severity: 'error',
    looks: 'tags that become one label, such as `x-y` and `x_y`, and `__name__`',
    why: 'the agent cannot read the output: all data of the execution is dropped',
    fix: 'write tags in ASCII letters, digits and underscores, each in one way',
    find: (subject) => clashes(tagUses(subject)),
  },
  {
    id: 'tag-rewritten',
    severity: 'warning',
    looks: 'tags with anything but ASCII letters, digits and underscores, or a digit first',
    why: 'a monitor publishes them under another name: each such character becomes `_`',
    fix: 'name the tag as the label is to be named',
    find: (subject) =>
      byKey(tagUses(subject))
        .filter(({ key }) => labelOf(key) !== key)
        .map(({ key, at }) => ({ at, got: `the tag ${quote(key)}, which becomes ${labelOf(key)}` })),
  },
  {
    id: 'tag-resource-type',
    severity: 'error',
    looks: 'the tag `resource_type` with any value but `document`',
    why: 'a monitor drops every series that carries it',
    fix: 'name the tag otherwise, such as kind',
    find: (subject) =>
      // A browser's own requests carry it, and are meant.
      tagUses(subject)
        .filter(({ key, metric, value }) => isDropped(key, value) && !metric?.startsWith('browser_'))
        .slice(0, 1)
        .map(({ at }) => ({ at, got: 'the tag resource_type' })),
  },
  {
    id: 'tag-dropped',
    severity: 'warning',
    looks: `the tags ${DROPPED_LABELS.map((name) => `\`${name}\``).join(', ')} on metrics of the script’s own`,
    why: 'a monitor takes them away: series that differ by them alone overwrite each other',
    fix: 'name the tag otherwise, such as cause',
    find: (subject) =>
      byKey(tagUses(subject).filter(isOwn))
        .filter(({ key }) => DROPPED_LABELS.includes(key))
        .map(({ key, at }) => ({ at, got: `the tag ${quote(key)}` })),
  },
  {
    id: 'tag-shared',
    severity: 'warning',
    looks: `tags that Synthetic Monitoring uses itself: ${SHARED_LABELS.join(', ')}; \`phase\` on requests of one name`,
    why: 'where it writes the label too, its value replaces the script’s',
    fix: 'name the tag otherwise',
    find: (subject) => [...labelled(subject, SHARED_LABELS), ...phases(subject)],
  },
  {
    id: 'tag-length',
    severity: 'warning',
    looks: `values of tags of more than ${VALUE_BYTES} characters`,
    why: 'the agent cuts them there: values that differ later become one',
    fix: 'tag with a name, and log the text',
    find: (subject) =>
      byKey(tagUses(subject).filter(({ value = '' }) => value.length > VALUE_BYTES)).map(
        ({ key, at, value = '' }) => ({ at, got: `${value.length} characters in the tag ${quote(key)}` }),
      ),
  },
  {
    id: 'tag-varying',
    severity: 'warning',
    looks:
      'names of requests and checks, and tags, that have another value in each iteration, or very many in one',
    why: 'each value is a series of its own, in a monitor and in a load test: thousands after an hour, and none can be compared',
    fix: 'name what kind of thing it is (name: "product"); what tells one from the other goes into a log line',
    find: ({ evaluation }) => varying(evaluation?.walks?.repeated.passes ?? []),
  },
  {
    id: 'tag-undefined',
    severity: 'error',
    looks: 'tags whose value is undefined, null or an object',
    why: 'k6 does not send the request, and throws in check() and add()',
    fix: 'leave the tag out where there is no value, or write String(value)',
    find: ({ evaluation }) => {
      const { well, broken, dead } = evaluation?.walks ?? {}
      const found = new Map<string, ScriptPlace>()
      for (const walk of [well, broken, dead])
        for (const text of [
          ...(walk?.errors ?? []).map(({ message }) => message),
          ...(walk?.warnings ?? []),
        ]) {
          const [, key] = /invalid value for metric tag '(.*?)'/.exec(text) ?? []
          if (key === undefined || found.has(key)) continue
          // After an answer, what the answer had not may be the reason.
          const unsure = walk?.requests.length === 0 ? {} : UNSURE
          found.set(key, { at: `tag ${key}`, got: text.replace(/^Request Failed: /, ''), ...unsure })
        }
      return [...found.values()]
    },
  },
]

/** Tags that become one label: fatal where a metric carries both, or they are written together. */
function clashes(uses: readonly TagUse[]): ScriptPlace[] {
  const each = byKey(uses)
  return each.flatMap(({ key, at }, index): ScriptPlace[] => {
    const label = labelOf(key)
    if (label === '__name__') return [{ at, got: `the tag ${quote(key)}: the name of the metric itself` }]
    const twin = each.slice(0, index).find((other) => labelOf(other.key) === label)
    if (!twin) return []
    const mates = new Set(uses.filter((use) => use.key === twin.key).map((use) => use.with))
    const together = uses.some((use) => use.key === key && mates.has(use.with))
    const got = `the tags ${quote(twin.key)} and ${quote(key)}: both become ${label}`
    return [
      together
        ? { at, got }
        : {
            at,
            got,
            severity: 'warning',
            why: 'on one metric they are fatal: all data of the execution is dropped',
          },
    ]
  })
}

const UNSURE = {
  severity: 'warning',
  why: 'k6 does not send the request, and throws in check() and add(): so it is where an answer lacks the value',
} as const

const isDropped = (key: string, value: string | undefined): boolean =>
  labelOf(key) === 'resource_type' && value !== 'document' && value !== ''

/** Whether a tag is on a metric that is not k6's. */
const isOwn = ({ metric }: TagUse): boolean =>
  metric !== undefined && !/^(http_req|checks$|browser_)/.test(metric)

/** Requests of one name in two phases: the label that tells the parts of a request apart replaces the tag. */
function phases({ evaluation }: Subject): ScriptPlace[] {
  const seen = new Map<string, Set<string>>()
  for (const { metric, tags } of evaluation?.walks?.well.samples ?? [])
    if (metric === REQUESTS.trend && tags.phase !== undefined) {
      const { phase, ...rest } = tags
      const key = JSON.stringify(rest)
      seen.set(key, (seen.get(key) ?? new Set()).add(phase))
    }
  const clash = [...seen].find(([, values]) => values.size > 1)
  if (!clash) return []
  const { name } = JSON.parse(clash[0]) as { name?: string }
  return [{ at: `request ${name ?? ''}`, got: `the phases ${[...clash[1]].join(', ')} of one request` }]
}

/** Values of one tag in one iteration that are too many. */
const MANY_VALUES = 30

/** Tags that have, in each iteration, values that they had in none before. */
function varying(passes: readonly Recording[]): ScriptPlace[] {
  const seen = new Map<string, Map<number, Set<string>>>()
  const add = (what: string, iteration: number, value: string): void => {
    const each = seen.get(what) ?? new Map<number, Set<string>>()
    seen.set(what, each.set(iteration, (each.get(iteration) ?? new Set()).add(value)))
  }
  for (const { samples, requests } of passes) {
    // A request without a name has its URL in its place, which another rule tells.
    for (const { tags, iteration } of requests)
      if (tags.name !== undefined) add('names of requests', iteration, tags.name)
    for (const { metric, tags, iteration } of samples)
      for (const [key, value] of Object.entries(tags))
        if (key === 'check') add('names of checks', iteration, value)
        else if (key !== 'url' && key !== 'name')
          add(
            `the tag ${quote(key)} of ${metric.startsWith('http_req') ? 'requests' : metric}`,
            iteration,
            value,
          )
  }
  return [...seen].flatMap(([what, each]): ScriptPlace[] => {
    const known = new Set<string>()
    let fresh = 0
    for (const values of each.values()) {
      if ([...values].some((value) => !known.has(value))) fresh++
      for (const value of values) known.add(value)
    }
    const most = Math.max(...[...each.values()].map(({ size }) => size))
    const always = each.size === REPEATED_ITERATIONS && fresh === each.size
    if (!always && most < MANY_VALUES) return []
    return [{ at: what, got: `${known.size} values in ${each.size} iterations` }]
  })
}
