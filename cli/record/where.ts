/** Which series: each label must have this value, or one of these; '' is a label that is not there. */
export type Where = Readonly<Record<string, string | readonly string[]>>

/** Whether a series with these labels is one of them. */
export function matches(labels: Readonly<Record<string, string>>, where: Where = {}): boolean {
  return Object.entries(where).every(([label, wanted]) => [wanted].flat().includes(labels[label] ?? ''))
}
