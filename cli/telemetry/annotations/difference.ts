import { KINDS, type MarkerKind, type Marker } from './markers.ts'

/** A marker that Grafana has. */
export interface Found extends Omit<Marker, 'kind'> {
  readonly id: number
}

/** What is to be done so that Grafana has the markers that are wanted, each once. */
export interface Difference {
  readonly missing: readonly Marker[]
  readonly changed: readonly { readonly id: number; readonly marker: Marker }[]
  /** Twins, and what is not wanted any more. */
  readonly surplus: readonly Found[]
  readonly kept: readonly Found[]
}

/** Which marker of its run one is: its kind, and of a phase which and the how manieth. */
const keyOf = (tags: readonly string[]): string =>
  tags
    .filter((tag) => /^(kind|phase|region):/.test(tag))
    .sort()
    .join('\n')

/** Compares what a run's markers are to be with what is there; those of kinds that are not `ours` stay as they are. */
export function differenceOf(
  wanted: readonly Marker[],
  found: readonly Found[],
  ours: readonly MarkerKind[] = KINDS,
): Difference {
  const mine = found.filter(({ tags }) => ours.some((kind) => tags.includes(`kind:${kind}`)))
  const used = new Set<number>()
  const difference = {
    missing: [] as Marker[],
    changed: [] as Difference['changed'][number][],
    kept: [] as Found[],
  }
  for (const marker of wanted) {
    const twins = mine.filter(({ tags }) => keyOf(tags) === keyOf(marker.tags))
    // The oldest stays: whoever else writes this run at this moment keeps the same one.
    const oldest = twins.reduce<Found | undefined>(
      (first, one) => (first && first.id < one.id ? first : one),
      undefined,
    )
    if (!oldest) difference.missing.push(marker)
    else {
      used.add(oldest.id)
      if (isSame(oldest, marker)) difference.kept.push(oldest)
      else difference.changed.push({ id: oldest.id, marker })
    }
  }
  return { ...difference, surplus: mine.filter(({ id }) => !used.has(id)) }
}

const isSame = (found: Found, wanted: Marker): boolean =>
  found.time === wanted.time &&
  found.timeEnd === wanted.timeEnd &&
  found.text === wanted.text &&
  JSON.stringify(found.tags) === JSON.stringify(wanted.tags)

/** The markers in an answer of Grafana's; what is none of them is left out. */
export function foundIn(body: unknown, tags: readonly string[]): Found[] {
  if (!Array.isArray(body)) return []
  return (body as unknown[]).filter((one): one is Found => {
    const { id, time, timeEnd, text, tags: its } = (one ?? {}) as Partial<Record<keyof Found, unknown>>
    return (
      [id, time, timeEnd].every((value) => typeof value === 'number') &&
      typeof text === 'string' &&
      Array.isArray(its) &&
      // Databases that know no case find more than was asked for.
      tags.every((tag) => its.includes(tag))
    )
  })
}
