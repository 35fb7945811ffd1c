/** Makes each thing once: what was made for the same `keyOf` is given again. */
export function memo<Given extends unknown[], Made>(
  make: (...given: Given) => Promise<Made>,
  keyOf: (...given: Given) => string = (...given) => JSON.stringify(given),
): (...given: Given) => Promise<Made> {
  const known = new Map<string, Promise<Made>>()
  return (...given) => {
    const key = keyOf(...given)
    const made = known.get(key) ?? make(...given)
    known.set(key, made)
    return made
  }
}
