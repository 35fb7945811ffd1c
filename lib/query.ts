type Value = string | number | boolean

/**
 * The query of a path from its parameters, `?` included, encoded; a list repeats its parameter:
 * `api.get('/search' + query({ q: 'mug', size: ['S', 'M'] }), { name: 'search' })`.
 */
export const query = (parameters: Readonly<Record<string, Value | readonly Value[]>>): string =>
  `?${Object.entries(parameters)
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
    )
    .join('&')}`
