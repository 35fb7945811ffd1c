/** A share as per cent: `5.0`, `33`. */
export const percent = (share: number): string => (share * 100).toFixed(share < 0.1 ? 1 : 0)

/** A change as per cent with its sign: `+34`. */
export const signed = (share: number): string => `${share > 0 ? '+' : ''}${Math.round(share * 100)}`

/** Milliseconds as seconds: `30 s`. */
export const secondsText = (ms: number): string => `${Math.round(Math.abs(ms) / 100) / 10} s`
