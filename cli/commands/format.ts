import { unknownWord } from '../../config/problem/nearest.ts'
import { refusal } from '../base/index.ts'

/** The format that `--format` names, of a command's own by their names. Throws UserError where it is none of them. */
export function formatNamed<Formats extends object>(formats: Formats, name: string): Formats[keyof Formats] {
  if (Object.hasOwn(formats, name)) return formats[name as keyof Formats]
  throw refusal([unknownWord('--format', name, Object.keys(formats))])
}
