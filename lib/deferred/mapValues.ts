/** An object of the same keys, each with another value. */
export const mapValues = <From, To>(
  all: Readonly<Record<string, From>>,
  to: (value: From, key: string) => To,
): Record<string, To> => Object.fromEntries(Object.entries(all).map(([key, value]) => [key, to(value, key)]))
