import fc from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 }
const MAX_CODE_POINT = 0x10ffff

/** Any character: those of one byte as often as those of two, of three and of four, and no half of a pair. */
const character = fc
  .oneof(
    fc.nat(0x7f),
    fc.integer({ min: 0x80, max: 0x7ff }),
    fc.integer({ min: 0x800, max: 0xffff - SURROGATES.count }),
    fc.integer({ min: 0x10000 - SURROGATES.count, max: MAX_CODE_POINT - SURROGATES.count }),
  )
  .map((nth) => String.fromCodePoint(nth < SURROGATES.first ? nth : nth + SURROGATES.count))

/**
 * Any text, names such as `__proto__` among them. fast-check's own unit `binary` does the same, and builds a table of a
 * million characters first, in each file.
 */
export const anyText = ({ maxLength = 20 } = {}): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ maxLength }),
    fc.array(character, { maxLength, size: 'max' }).map((characters) => characters.join('')),
  )
