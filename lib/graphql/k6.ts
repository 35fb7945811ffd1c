import crypto from 'k6/crypto'

const known: Record<string, string> = {}

/** A document's SHA-256 in hexadecimal digits; a journey has few documents. */
export const sha256 = (text: string): string => (known[text] ??= crypto.sha256(text, 'hex'))
