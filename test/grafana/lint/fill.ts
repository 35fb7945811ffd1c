/** Grafana's own macros, as it would fill them in. */
const MACROS: Readonly<Record<string, string>> = {
  __rate_interval: '1m',
  __interval: '15s',
  __interval_ms: '15000',
  __range: '5m',
  __range_s: '300',
  __range_ms: '300000',
}

/** PromQL as it may be parsed: macros are durations, variables in texts a word, elsewhere a number. */
export function filled(query: string): string {
  let quote = ''
  return query.replace(/\\.|["'`]|\$\{(\w+)[^}]*\}|\$(\w+)/g, (part, braced?: string, bare?: string) => {
    const name = braced ?? bare
    if (name === undefined) {
      if (part === quote) quote = ''
      else if (quote === '' && part.length === 1) quote = part
      return part
    }
    return MACROS[name] ?? (quote === '' ? '1' : 'x')
  })
}

/** The variables that a text names, Grafana's macros apart. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(/\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/g)].map(
    ([, braced, bare, old]) => braced ?? bare ?? old ?? '',
  )
  // `$1` is of a regular expression, `$tag_x` an alias of InfluxDB's, `$timeFilter` its macro.
  return names.filter((name) => !/^(__|\d|tag_|timeFilter$)/.test(name))
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** What is open at the end of a query, or closed without having been opened; nothing where it is balanced. */
export function unbalanced(query: string): string | undefined {
  const open: string[] = []
  let quote = ''
  for (let at = 0; at < query.length; at++) {
    const character = query.charAt(at)
    if (quote !== '') {
      if (character === '\\' && quote !== '`') at++
      else if (character === quote) quote = ''
    } else if (/["'`]/.test(character)) quote = character
    else if (/[([{]/.test(character)) open.push(character)
    else if (PAIRS[character] !== undefined && open.pop() !== PAIRS[character])
      return `${character} closes nothing`
  }
  if (quote !== '') return `${quote} is not closed`
  const last = open.at(-1)
  return last === undefined ? undefined : `${last} is not closed`
}
