import { DURATION_FORMS, parseDuration } from '../../config/duration.ts'
import { quote } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'

/** Milliseconds of a flag, above 0. Throws UserError where it is no duration. */
export function durationOf(flag: string, text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  throw refusal([{ where: flag, got: quote(text), allowed: DURATION_FORMS }])
}
