/** The part of snappyjs (it ships no types) that the recorder uses: one block of the raw Snappy format. */
declare module 'snappyjs' {
  export function compress(bytes: Uint8Array): Uint8Array
  export function uncompress(bytes: Uint8Array, maxLength?: number): Uint8Array
}
