import { field, plainText } from '../literals.ts'
import type { Call } from '../recording.ts'
import { isSecret } from './isSecret.ts'

/** Whether what is typed into an element is a secret: by its label, its name, its type, or its form. */
export function isSecretField(target: readonly Call[], hints: string, value: string): boolean {
  if (value.trim() === '') return false
  const names = target.flatMap(({ given }) =>
    given.flatMap((one) => [plainText(one), plainText(field(one, 'name'))]),
  )
  return [...names, hints].some((name) => isSecret(name, value))
}
