import type { Tolerance } from '../../../config/gate.ts'
import { isRecord } from '../../../config/problem/keys.ts'
import { GATE_FILE, parseJson } from '../../base/index.ts'
import type { RunFolder, RunRecord } from '../../record/index.ts'
import { casesOf, ownersIn } from '../gate/cases.ts'
import { isOf, type CasePlace } from '../gate/waived.ts'
import type { Waiver } from '../gate/waiver.ts'

/** What stands for an owner where nobody is named. */
export const NOBODY = 'nobody is named'

/** Who is asked for what a run violates: the run's own SLOs name some, the config's tolerances and waivers others. */
export interface Ownership {
  readonly tolerances: readonly Tolerance[]
  readonly waivers: readonly Waiver[]
}

/** A run as accounts are made of it. */
export interface JudgedRun extends Pick<RunRecord, 'id' | 'startedAt' | 'verdict'> {
  /** `boutique · load · staging`. */
  readonly name: string
  /** Whether something of an owner was violated, by the owner; those of whom something was judged. */
  readonly owners: ReadonlyMap<string, boolean>
}

/** What was judged, and whose it is. */
type Judged = CasePlace & { readonly owner?: string | undefined; readonly isViolated: boolean }

/** Whose thresholds, rows and tolerances a run violated; of one that is invalid, or judged nothing, nobody's. */
export async function judgedRun(
  record: RunRecord,
  folder: RunFolder,
  { tolerances, waivers }: Ownership,
): Promise<JudgedRun> {
  const { id, startedAt, verdict, suite, script, profile, environment, thresholds, state } = record
  const known = { id, startedAt, verdict, name: [script ?? suite, profile, environment].join(' · ') }
  if (state !== 'ended' || (verdict !== 'pass' && verdict !== 'fail')) return { ...known, owners: new Map() }
  const own = casesOf(thresholds, undefined, {
    environment,
    tolerances,
    waivers: [],
    owners: ownersIn(thresholds),
  })
  const gated = await gateCases(folder)
  const waived = new Set(gated.filter(({ isWaived }) => isWaived).map(({ name }) => name))
  const all: Judged[] = [
    ...own.map((one) => ({ ...one, isViolated: one.outcome === 'failed' && !waived.has(one.name) })),
    ...gated.filter(({ isRow }) => isRow),
  ]
  const other = verdict === 'fail' && waived.size === 0 && !all.some(({ isViolated }) => isViolated)
  const named = all.map((one) => ({
    owner: one.owner ?? waivers.find((waiver) => isOf(waiver, one))?.owner ?? NOBODY,
    isViolated: one.isViolated,
  }))
  const violated = new Map<string, boolean>(other ? [[NOBODY, true]] : [])
  for (const { owner, isViolated } of named) violated.set(owner, isViolated || violated.get(owner) === true)
  return { ...known, owners: violated }
}

/** A case as the gate kept it: of a row, or of a threshold. */
type GatedCase = Judged & { readonly name: string; readonly isRow: boolean; readonly isWaived: boolean }

/** What the gate judged last of a run; nothing where no gate saw it, or what it kept cannot be read. */
async function gateCases(folder: RunFolder): Promise<GatedCase[]> {
  const value = parseJson(await folder.text(GATE_FILE).catch(() => ''))
  const cases: readonly unknown[] = isRecord(value) && Array.isArray(value.cases) ? value.cases : []
  return cases.flatMap((one) => {
    if (!isRecord(one) || typeof one.metric !== 'string' || typeof one.name !== 'string') return []
    const text = (key: string): string | undefined => (typeof one[key] === 'string' ? one[key] : undefined)
    return [
      {
        name: one.name,
        metric: one.metric,
        journey: text('journey'),
        step: text('step'),
        owner: text('owner'),
        isRow: isRecord(one.row),
        isWaived: one.outcome === 'waived',
        isViolated: one.outcome === 'failed',
      },
    ]
  })
}
