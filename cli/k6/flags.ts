/** A flag among arguments for k6, by its long name. */
export interface Flag {
  name: string
  /** Undefined where the flag takes none; '' where it is missing. */
  value?: string
  /** As it was written: one word or two, the value being the end of the last one. */
  words: readonly string[]
}

/** k6's short flags; those that take a value may have it glued on, `-u90`. */
const SHORT: Readonly<Record<string, string>> = {
  a: 'address',
  c: 'config',
  d: 'duration',
  e: 'env',
  i: 'iterations',
  o: 'out',
  s: 'stage',
  t: 'type',
  u: 'vus',
  h: 'help',
  l: 'linger',
  p: 'paused',
  q: 'quiet',
  v: 'verbose',
  w: 'throw',
}

/** Flags that take the next word, whatever it is. Every other one is read as if it took none, so that none hides another. */
const VALUED: ReadonlySet<string> = new Set([
  ...['address', 'config', 'duration', 'env', 'iterations', 'out', 'stage', 'type', 'vus'],
  ...['console-output', 'log-format', 'log-output', 'secret-source', 'summary-export', 'summary-mode'],
  ...['summary-trend-stats', 'system-tags', 'tag', 'traces-output'],
  ...['execution-segment', 'execution-segment-sequence'],
])

/** The flags among arguments, read as k6 reads them: `-u 90`, `-u90`, `-u=90`, `-qu90`, `--vus 90`, `--vus=90`. */
export function flagsOf(args: readonly string[]): Flag[] {
  return tokens(args).flatMap((token) => [...switchesBefore(token), ...(isFlag(token) ? [token] : [])])
}

/** The pairs `NAME=VALUE` that arguments for k6 give as variables. */
export function flagPairs(args: readonly string[]): string[] {
  return flagsOf(args).flatMap(({ name, value = '' }) => (name === 'env' ? [value] : []))
}

const isFlag = (token: Token): token is Flag => token.name !== undefined

/**
 * Flags among arguments that are none of `known`, as they were written: `--nosuch`, `-x`. Of a long name `known` tells
 * whether it takes a value.
 */
export function unknownIn(args: readonly string[], known: ReadonlyMap<string, boolean>): string[] {
  let before: Token | undefined
  const end = args.indexOf('--')
  return tokens(end < 0 ? args : args.slice(0, end)).flatMap((token) => {
    const { name, words } = token
    const [word = ''] = words
    const isValue = before?.words.length === 1 && before.value === undefined && known.get(before.name ?? '')
    before = isValue ? undefined : token
    if (isValue) return []
    if (word.startsWith('--')) return name === undefined || known.has(name) ? [] : [`--${name}`]
    if (!/^-./.test(word)) return []
    const letters = Array.from(word.slice(1))
    const at = letters.findIndex((letter) => VALUED.has(SHORT[letter] ?? ''))
    return letters
      .slice(0, at < 0 ? undefined : at + 1)
      .filter((letter) => !known.has(SHORT[letter] ?? ''))
      .map((letter) => `-${letter}`)
  })
}

/** The switches that stand in one word with a flag, `-pu90`: all letters but the one that is its name. */
function switchesBefore({ name, words }: Token): Flag[] {
  const [word = ''] = words
  if (!/^-[^-]/.test(word)) return []
  const letters = Array.from(word.slice(1))
  const at = letters.findIndex((letter) => VALUED.has(SHORT[letter] ?? ''))
  const switches = at < 0 ? letters : letters.slice(0, at)
  return switches.flatMap((letter): Flag[] => {
    const known = SHORT[letter]
    return known === undefined || known === name ? [] : [{ name: known, words }]
  })
}

/** Arguments with each flag's value as `show` gives it; undefined leaves it as it is. */
export function withValues(
  args: readonly string[],
  show: (name: string, value: string) => string | undefined,
): string[] {
  return tokens(args).flatMap(({ name, value, words }) => {
    const shown = name === undefined || value === undefined ? undefined : show(name, value)
    const last = words.at(-1) ?? ''
    return shown === undefined
      ? words
      : [...words.slice(0, -1), last.slice(0, last.length - (value ?? '').length) + shown]
  })
}

/** Arguments without a flag and its value; switches in one word with it, `-qo json`, stay. */
export function withoutFlag(args: readonly string[], flag: string): string[] {
  return tokens(args).flatMap(({ name, words }) => {
    if (name !== flag) return words
    const [word = ''] = words
    const at = Array.from(word).findIndex((letter, index) => index > 0 && SHORT[letter] === flag)
    return word.startsWith('--') || at <= 1 ? [] : [word.slice(0, at)]
  })
}

type Token = Omit<Flag, 'name'> & { name?: string }

function tokens(args: readonly string[]): Token[] {
  const found: Token[] = []
  for (let at = 0; at < args.length; at += found.at(-1)?.words.length ?? 1) {
    const word = args[at] ?? ''
    if (word === '--') return [...found, ...args.slice(at).map((rest) => ({ words: [rest] }))]
    found.push(/^--./.test(word) ? long(word, args[at + 1]) : short(word, args[at + 1]))
  }
  return found
}

function long(word: string, next: string | undefined): Token {
  const [, name = '', glued] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  if (glued !== undefined) return { name, value: glued, words: [word] }
  return VALUED.has(name) ? { name, value: next ?? '', words: both(word, next) } : { name, words: [word] }
}

/** A word of short flags, `-qu90`: the one with a value is the last. Those before it are switches, which nothing reads. */
function short(word: string, next: string | undefined): Token {
  const letters = /^-[^-]/.test(word) ? Array.from(word.slice(1)) : []
  const at = letters.findIndex((letter) => VALUED.has(SHORT[letter] ?? ''))
  const name = SHORT[letters[at < 0 ? 0 : at] ?? '']
  if (name === undefined || at < 0) return { ...(name === undefined ? {} : { name }), words: [word] }
  const glued = letters
    .slice(at + 1)
    .join('')
    .replace(/^=/, '')
  if (at + 1 < letters.length) return { name, value: glued, words: [word] }
  return { name, value: next ?? '', words: both(word, next) }
}

const both = (word: string, next: string | undefined): string[] =>
  next === undefined ? [word] : [word, next]
