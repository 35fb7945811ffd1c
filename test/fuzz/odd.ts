import fc from 'fast-check'

/** Words that mean something to an object, a path, a shell or a parser. */
const WORDS = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length', 'default', 'then'],
  ...[
    '',
    ' ',
    '=',
    '==',
    '-',
    '--',
    '--=',
    '-e',
    '.',
    '..',
    '/',
    '//',
    '\\',
    '\0',
    '\n',
    '\u2028',
    '\ufeff',
    '{',
    '}',
  ],
  ...['0', '-0', '-1', '1e999', '-1e999', '1e-999', 'NaN', 'Infinity', '0x10', '1_000', '1,5', '٣', '1e308'],
  ...[
    'null',
    'undefined',
    'true',
    'false',
    '[object Object]',
    '🦊',
    '\ud800',
    'http://',
    'http://[',
    'https://a:b@c',
  ],
  ...['p(95)', 'p(95)<', 'http_req_duration{', 'http_req_duration{a:b', '{}', '30s', '1h1h', 'é'.repeat(3)],
]

/** Any character, halves of surrogate pairs too; fast-check's own list of all takes a second and a half to make. */
const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code))

/** A text as nobody would write it, or as somebody did: short, odd, or very long. */
export const oddText = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: character, maxLength: 10 }),
  fc.constantFrom(...WORDS).map((word) => word.repeat(400)),
)

/** Any value that JSON or a config may hold, odd keys among them. */
export const oddValue = fc.oneof(
  oddText,
  fc.constantFrom(null, undefined, NaN, Infinity, -1, 0, 1e308, true, false),
  fc.anything({ key: oddText, maxDepth: 2, withNullPrototype: true, withDate: true, withMap: true }),
)

/** A value with one part of it, somewhere inside, in the place of which stands something else, or nothing. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...placesIn(value)), fc.option(oddValue, { nil: REMOVED }))
    .map(([place, odd]) => changed(structuredClone(value), place, odd))
}

const REMOVED = Symbol('removed')
type Place = readonly (string | number)[]

function placesIn(value: unknown, at: Place = []): Place[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const parts = inside.flatMap(([key, part]) =>
    placesIn(part, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return [...(at.length > 0 ? [at] : []), ...parts]
}

function changed(root: unknown, place: Place, odd: unknown): unknown {
  const parent = place
    .slice(0, -1)
    .reduce((part, key) => (part as Record<string | number, unknown>)[key], root)
  const key = place.at(-1) ?? ''
  if (odd === REMOVED) Reflect.deleteProperty(parent as object, key)
  else (parent as Record<string | number, unknown>)[key] = odd
  return root
}
