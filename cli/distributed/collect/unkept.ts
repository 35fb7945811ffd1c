import { andMore } from '../../base/index.ts'
import { problemOf, type Reason } from '../../record/index.ts'
import type { Intake } from './intake.ts'

/** Instances that a sentence names at most. */
const MAX_INSTANCES = 5

/** That the disk did not take what some pushed last, where it did not. */
export function unkept(intake: Intake): Reason[] {
  const instances = intake.unkept()
  const named = andMore(instances.slice(0, MAX_INSTANCES), instances.length - MAX_INSTANCES).join(', ')
  const text = `the collector’s disk took nothing more: what instance ${named} pushed last was refused`
  return instances.length > 0 ? [problemOf('collector-full', text, {})] : []
}
