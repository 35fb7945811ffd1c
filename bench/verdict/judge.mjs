// What `loadwright compare` and `loadwright gate` say of the runs of `npm run bench:verdict`.
import { join } from 'node:path'
import { diskFolder, readRecord, readResults } from '../../cli/record/index.ts'
import { compareRuns } from '../../cli/verdict/comparison/compare.ts'
import { comparableRuns, measurementOf } from '../../cli/verdict/comparison/earlier.ts'
import { isTellable } from '../../cli/verdict/comparison/summary.ts'
import { decide } from '../../cli/verdict/gate/decide.ts'
import { USUAL_POLICY } from '../../cli/verdict/gate/policy.ts'
import { pooled } from '../../cli/verdict/gate/pooled.ts'
import { runIn } from '../../cli/verdict/openRun.ts'

/**
 * @typedef {object} Said of one candidate
 * @property {string} id
 * @property {import('../../cli/verdict/comparison/row.ts').RowVerdict} verdict of the comparison
 * @property {string} text
 * @property {import('../../cli/verdict/comparison/row.ts').Row | undefined} first its first row
 * @property {string} gate what the gate says
 * @property {string | undefined} confirmed what it says with a second run, where it asked for one
 */

/**
 * Judges all candidates of a kind, each against the runs of the baseline that were made before it.
 * @param {string} folder @param {string} base @param {string} kind @param {number} runs of the baseline
 * @param {boolean} unguarded as if no machine had been busy
 * @returns {Promise<Said[]>}
 */
export async function judgeKind(folder, base, kind, runs, unguarded) {
  const { runs: listed } = await readResults(join(folder, kind))
  const ended = listed.filter(({ state }) => state === 'ended').toReversed()
  const all = await Promise.all(ended.map(({ folder: place }) => runIn(diskFolder(place))))
  const seen = (/** @type {import('../../cli/record/index.ts').MeasuredRun} */ { full, ...rest }) =>
    unguarded || full === undefined ? rest : { ...rest, full }
  /** @type {Said[]} */
  const said = []
  for (const [at, run] of all.entries()) {
    const { record } = run
    const found = await comparableRuns(join(folder, base), record, runs)
    const candidate = await measurementOf(run)
    if (found.runs.length < runs || 'why' in candidate) continue
    const before = found.runs.map(seen)
    const comparison = compareRuns(before, seen(candidate), 'the runs before it')
    const first = decided(record, comparison)
    const next = all[at + 1]
    const second = next && (await measurementOf(next))
    // A run on a busy machine, or without what others have, is not confirmed, but made anew.
    const asks =
      first.verdict === 'inconclusive' &&
      first.cases.some(({ outcome, code }) => outcome === 'open' && isTellable({ code }))
    const confirmed =
      asks && second && !('why' in second)
        ? decided(record, compareRuns(before, seen(pooled(candidate, second)), 'before'), second.id)
        : undefined
    said.push({
      id: record.id,
      verdict: comparison.verdict,
      text: comparison.text,
      first: comparison.rows[0],
      gate: first.verdict,
      confirmed: confirmed?.verdict,
    })
  }
  return said
}

/**
 * @param {import('../../cli/record/index.ts').RunRecord} record
 * @param {import('../../cli/verdict/comparison/compare.ts').Comparison} comparison
 * @param {string} [confirmedBy]
 */
const decided = (record, comparison, confirmedBy) =>
  decide({
    record,
    comparison,
    waivers: [],
    tolerances: [],
    policy: USUAL_POLICY,
    now: new Date(),
    confirmedBy,
  })

/** How much of the machine was in use, and for which share of the time it was full: medians. @param {string} folder */
export async function loadOf(folder) {
  const { runs } = await readResults(folder)
  const records = await Promise.all(runs.map(({ folder: place }) => readRecord(diskFolder(place))))
  const seen = records.flatMap((record) =>
    record && 'instances' in record ? (record.instances[0]?.generator ?? []) : [],
  )
  const middle = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN
  return {
    busy: middle(seen.map(({ busy }) => busy)),
    full: middle(seen.map(({ full, looked }) => full / Math.max(1, looked))),
  }
}
