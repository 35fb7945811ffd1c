import { time } from '../../base/index.ts'
import { quantile, slices, type Histogram } from '../../prometheus/index.ts'
import { h, type Branch } from '../tree.ts'

const [WIDTH, HEIGHT, FOOT] = [640, 150, 20]
/** The share of samples on each side that lies outside of the drawing. */
const CUT = 0.002

/** Two distributions of seconds, one over the other on a logarithmic axis, as a drawing that needs no script. */
export function overlay(base: Histogram, candidate: Histogram, label: string): Branch {
  const both = [base, candidate]
  const from = Math.min(...both.map((one) => quantile(one, CUT) ?? Infinity))
  const to = Math.max(...both.map((one) => quantile(one, 1 - CUT) ?? 0))
  const [least, most] = [Math.log(Math.max(from, 1e-6)), Math.log(Math.max(to, 2e-6))]
  const x = (seconds: number): number =>
    Math.round((WIDTH * (Math.log(seconds) - least) * 10) / Math.max(most - least, 0.1)) / 10
  const curves = both.map(densityOf)
  const top = Math.max(...curves.flatMap((curve) => curve.map(({ density }) => density)))
  const y = (density: number): number => Math.round(10 * (HEIGHT - FOOT) * (1 - density / top)) / 10
  // Between buckets with a gap, before the first and after the last one there was nothing.
  const path = (curve: ReturnType<typeof densityOf>): string => {
    const points = curve.flatMap(({ lower, upper, density }, at) => [
      ...(isNext(curve[at - 1]?.upper, lower) ? [] : [[lower, 0] as const]),
      [lower, density] as const,
      [upper, density] as const,
      ...(isNext(upper, curve[at + 1]?.lower) ? [] : [[upper, 0] as const]),
    ])
    return points.map(([at, density], index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(density)}`).join(' ')
  }
  const mark = (kind: string, one: Histogram): Branch => {
    const at = x(quantile(one, 0.95) ?? from)
    return h('line', { class: kind, x1: at, x2: at, y1: 0, y2: HEIGHT - FOOT })
  }
  const word = (text: string, at: number, anchor: string): Branch =>
    h('text', { x: at, y: HEIGHT - 4, 'text-anchor': anchor }, text)
  return h(
    'svg',
    { class: 'overlay', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
    h('path', { class: 'base', d: path(curves[0] ?? []) }),
    h('path', { class: 'candidate', d: path(curves[1] ?? []) }),
    mark('base', base),
    mark('candidate', candidate),
    word(time(from * 1000), 0, 'start'),
    word(time(Math.sqrt(from * to) * 1000), WIDTH / 2, 'middle'),
    word(time(to * 1000), WIDTH, 'end'),
  )
}

/** Whether one bucket begins where the other ends. */
const isNext = (upper: number | undefined, lower: number | undefined): boolean =>
  upper !== undefined && lower !== undefined && lower <= upper * 1.0001

/** Shares of the samples by their width on the logarithmic axis. */
function densityOf(one: Histogram): { lower: number; upper: number; density: number }[] {
  return slices(one)
    .filter(({ lower }) => lower > 0)
    .map(({ lower, upper, count }) => ({
      lower,
      upper,
      density: count / one.count / Math.log(upper / lower),
    }))
}
