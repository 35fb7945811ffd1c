/** A stretch of time that is shown, seconds since the start. */
export interface Range {
  min: number
  max: number
}

/** What all charts share: which stretch is shown; undefined for all of it. */
export interface PageView {
  get(): Range | undefined
  /** Shows a stretch in every chart; nothing of less than `least` seconds. */
  set(range: Range | undefined): void
  onChange(listener: () => void): void
}

/** A view of everything. */
export function createView(): PageView {
  let range: Range | undefined
  const listeners: (() => void)[] = []
  return {
    get: () => range,
    set(next) {
      if (next?.min === range?.min && next?.max === range?.max) return
      range = next
      for (const listener of listeners) listener()
    },
    onChange(listener) {
      listeners.push(listener)
    },
  }
}

/** A view that is `factor` times as long around a moment, inside of all there is; all of it where that is less. */
export function zoomed(shown: Range, all: Range, factor: number, around: number): Range | undefined {
  const length = (shown.max - shown.min) * factor
  if (length >= all.max - all.min) return undefined
  const place = (around - shown.min) / (shown.max - shown.min)
  return withinView({ min: around - length * place, max: around + length * (1 - place) }, all)
}

/** A view moved so that it lies inside of all there is. */
export function withinView({ min, max }: Range, all: Range): Range {
  const shift = Math.max(0, all.min - min) - Math.max(0, max - all.max)
  return { min: min + shift, max: max + shift }
}
