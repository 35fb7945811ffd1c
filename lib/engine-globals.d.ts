// Globals of k6's engine that @types/k6 leaves to a DOM or Node lib.
declare const console: Record<'log' | 'debug' | 'info' | 'warn' | 'error', (...values: unknown[]) => void>
declare const crypto: {
  randomUUID(): string
  getRandomValues(array: Uint8Array): Uint8Array
}
