import type { Draft } from './draft.ts'
import { readingText, type Source } from './source.ts'
import { sourceFinder } from './sources.ts'
import { sameName, strengthOf } from './strength.ts'
import { usesOf, type Use } from './uses.ts'

/** A value that an answer introduces and later requests send. */
export interface Correlation {
  value: string
  source: Source
  uses: readonly Use[]
  /** How much speaks for it; higher is surer. */
  evidence: number
  /** What it is called. */
  name: string
}

/** Less evidence is chance. */
const MIN_EVIDENCE = 5
/** From here on nobody has to look. */
export const SURE_EVIDENCE = 9

/** Values that requests send and answers before them have introduced, in the order in which they come. */
export function correlate(drafts: readonly Draft[]): Correlation[] {
  const uses = usesOf(drafts)
  const find = sourceFinder(new Set(uses.keys()))
  const best = new Map<string, { source: Source; evidence: number }>()
  drafts.forEach((draft, at) => {
    find(draft, at, (value, source) => {
      const list = uses.get(value) ?? []
      // What was sent before was not introduced by this answer: it is an echo.
      if ((list[0]?.at ?? 0) <= at) return
      const evidence = evidenceOf(value, source, list)
      const before = best.get(value)
      // Of equal ones a link is of the page that was open last, all else of where it came from first.
      const link = source.reading.from === 'text' && source.reading.inside === undefined
      const better =
        before === undefined || evidence > before.evidence || (link && evidence === before.evidence)
      if (evidence >= MIN_EVIDENCE && better) best.set(value, { source, evidence })
    })
  })
  const found = [...best].map(([value, { source, evidence }]): Correlation => {
    const list = uses.get(value) ?? []
    return { value, source, evidence, uses: list, name: nameFor(source, list) }
  })
  return withoutParts(found).toSorted(
    (a, b) =>
      a.source.at - b.source.at ||
      (a.uses[0]?.at ?? 0) - (b.uses[0]?.at ?? 0) ||
      (a.value < b.value ? -1 : 1),
  )
}

function evidenceOf(value: string, { weight, name, reading }: Source, uses: readonly Use[]): number {
  const strength = Math.max(...uses.map((use) => strengthOf(value, use.name)))
  const named = uses.some((use) => sameName(name, use.name))
  // A small number is an id only where both sides call it so.
  if (strength === 0 && (!named || reading.from === 'text')) return 0
  return weight + strength + (named ? 4 : 0) + Math.min(uses.length - 1, 2) - (strength === 0 ? 2 : 0)
}

/** A part of a value that is read as a whole is not read again. */
function withoutParts(found: readonly Correlation[]): Correlation[] {
  return found.filter(({ value, uses }) => {
    const whole = found.find(
      (other) =>
        other.value !== value &&
        other.value.includes(value) &&
        uses.every((use) => other.uses.some((own) => own.at === use.at && own.name === use.name)),
    )
    return whole === undefined
  })
}

/** What the answer calls it, else what the request does. */
function nameFor({ name, reading }: Source, uses: readonly Use[]): string {
  const used = uses[0]?.name ?? ''
  if (reading.from === 'text' && !sameName(name, used)) return used || name
  return name || used || 'value'
}

/** A correlation in a sentence. */
export const correlationText = (
  { source, uses, evidence }: Correlation,
  name: string,
  from: string,
): string =>
  `${name}: ${readingText(source.reading)} in the answer to ${from}, sent ${uses.length === 1 ? 'once' : `${uses.length} times`}${evidence >= SURE_EVIDENCE ? '' : ' (look at it: there is little evidence)'}`
