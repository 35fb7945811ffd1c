import { EXIT } from '../base/index.ts'
import { metadataOf } from '../record/index.ts'
import { jobLinks } from '../report/index.ts'
import type { Link, Notice } from '../telemetry/index.ts'
import { abortable } from './abort.ts'
import { tell, type Notifier } from './notified.ts'

/** An A/B test or a watch that ended, and what is told of it. */
export interface EndedTest {
  readonly exitCode: number
  readonly notice: (links: readonly Link[]) => Notice
}

/** Tells how a test ended that has none before it: what is no pass; everything, if that is wanted. Never throws. */
export async function tellOfTest({ exitCode, notice }: EndedTest, notifier: Notifier): Promise<void> {
  const { receivers, missing, always } = notifier
  // Whoever ended it knows.
  if (exitCode === EXIT.interrupted || (exitCode === EXIT.pass && !always)) return
  if (receivers.length + missing.length === 0) return
  const { ci } = await metadataOf(process.cwd())
  await abortable((signal) => tell(notice(jobLinks(ci)), notifier, signal))
}
