import { DURATION_FORMS, parseDuration } from '../../../config/duration.ts'
import { isRecord, keyProblems, type KeyCheck } from '../../../config/problem/keys.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { PROFILE_NAMES } from '../../../config/workload/profiles.ts'
import { isPositive, loadCheck } from './loadCheck.ts'

const isDuration: KeyCheck = (value) =>
  typeof value === 'string' && parseDuration(value) !== undefined ? undefined : DURATION_FORMS
const areTexts =
  (allowed: string): KeyCheck =>
  (value) =>
    isRecord(value) && Object.values(value).every((text) => typeof text === 'string') ? undefined : allowed

/** What a workload may say, beside the journey that it runs. */
const KEYS: Readonly<Record<string, KeyCheck>> = {
  load: loadCheck,
  profile: (value) =>
    isRecord(value) && PROFILE_NAMES.some((name) => name === value.PROFILE) && isPositive(value.SCALE)
      ? undefined
      : "settings of a profile, such as { PROFILE: 'load', SCALE: 1 }",
  startTime: isDuration,
  gracefulStop: isDuration,
  env: areTexts("variables as texts, such as { USER: 'new' }"),
  tags: areTexts("tags as texts, such as { team: 'checkout' }"),
}

/** What is wrong with a workload before the suite gives it a shape, its journey apart. */
export const workloadProblems = (workload: Record<string, unknown>, where: string): Problem[] =>
  keyProblems(workload, KEYS, where, ['load'])
