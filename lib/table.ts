/** The rows of a pool's text: `[[keys…], [values…], …]` as JSON. */
export const table = (text: string): Record<string, unknown>[] => {
  const [keys, ...rows] = JSON.parse(text) as [string[], ...unknown[][]]
  return rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])))
}
