import { Document } from 'yaml'

/** A value as YAML, with its comment above; long lines are not folded. */
export function yamlOf(comment: string, value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  document.commentBefore = comment
    .split('\n')
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n')
  return document.toString({ lineWidth: 0, blockQuote: 'literal' })
}
