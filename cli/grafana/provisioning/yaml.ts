import { Document } from 'yaml'

/** A value as YAML, with what is said of it above; long lines are left whole. */
export function yamlOf(comment: string, value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  document.commentBefore = comment
    .split('\n')
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n')
  return document.toString({ lineWidth: 0, blockQuote: 'literal' })
}
