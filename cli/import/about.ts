/** Where a suite comes from; of a file's name only what cannot end a comment. */
export const aboutOf = (kind: string, file: string, base: string | undefined): string =>
  `Imported from ${file.replace(/[^\w. -]/g, '_').slice(0, 60)} (${kind})${base === undefined ? '' : `, recorded at ${base}`}.`
