/** Says a line once, whatever numbers are in it: each of many runs would say it again. */
export function once(tell: (line: string) => void): (line: string) => void {
  const told = new Set<string>()
  return (line) => {
    const key = line.replace(/\d+/g, '0')
    if (told.has(key)) return
    told.add(key)
    tell(line)
  }
}
