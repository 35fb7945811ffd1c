// Rows of data files, as the build puts them into a bundle. A *.pool.ts brings its own types.
declare module '*.pool.csv' {
  const pool: import('./pool.js').Pool<Record<string, string>>
  export default pool
}
declare module '*.pool.json' {
  const pool: import('./pool.js').Pool<Record<string, unknown>>
  export default pool
}
// What an access log was imported as, beside its suite.
declare module '*.traffic.json' {
  export const pattern: readonly { times: number; share: number }[]
}
