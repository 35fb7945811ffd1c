import { SECRET_NAME, secretIn } from '../../config/secrets.ts'
import { SECRET_FIELD, wordsOf } from './secretField.ts'

/** Whether a value of this name is written into no file. */
export const isSecret = (name: string, value: string): boolean =>
  SECRET_NAME.test(name) || SECRET_FIELD.test(wordsOf(name)) || secretIn(value) !== undefined
