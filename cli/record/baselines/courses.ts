import type { Histogram } from '../../prometheus/index.ts'
import type { CellTable } from '../cells.ts'
import type { Identity } from '../changes.ts'
import { createCurves, type Curves } from '../curves.ts'
import { changesIn } from '../parse.ts'
import { replayLines } from '../replay.ts'
import { routeKey, routeWords } from '../routes.ts'
import type { RunFolder } from '../runs/runFolder.ts'
import { createStore } from '../store.ts'
import { placeRouter, type CoursePlace } from './placeRouter.ts'

/** What was measured at a place in one window and phase: its values, and of how many how many failed. */
export interface CourseWindow {
  /** When it starts, ms since 1970. */
  readonly at: number
  readonly phase: string
  /** In the unit that k6 pushes: times in seconds. */
  readonly values?: Histogram
  readonly failed: number
  readonly of: number
}

/** A run over time at some places. */
export interface Courses {
  /** When the first sample at any of them was taken, ms since 1970. */
  readonly began: number
  /** How long a window is, ms. */
  readonly window: number
  /** Those of each place, in the order in which the places were asked for, ascending in time. */
  readonly places: readonly (readonly CourseWindow[])[]
}

/** The course of a run at some places; undefined where nothing was recorded there, or it cannot be read. */
export async function readCourses(
  folder: RunFolder,
  places: readonly CoursePlace[],
): Promise<Courses | undefined> {
  const routesOf = placeRouter(places)
  const wanted = new Map<Identity, boolean>()
  const isWanted = (series: Identity): boolean => {
    const known = wanted.get(series) ?? routesOf(series).length > 0
    wanted.set(series, known)
    return known
  }
  let curves: Curves | undefined
  const replayed = await replayLines(folder, createStore(), (line, window, seriesOf) => {
    const wantedOf = (id: number): Identity | undefined => {
      const series = seriesOf(id)
      return series && isWanted(series) ? series : undefined
    }
    curves ??= createCurves(window, [], routesOf)
    curves.add(changesIn(line, wantedOf))
  }).catch(() => undefined)
  const firsts = [...(replayed?.named.values() ?? [])].filter(isWanted).map(({ first }) => first)
  if (curves === undefined || firsts.length === 0) return undefined
  const table = curves.table()
  return {
    began: Math.min(...firsts),
    window: curves.length(),
    places: places.map((_, index) => windowsOf(table, index)),
  }
}

function windowsOf({ counts, times }: CellTable, index: number): CourseWindow[] {
  const phases = new Set(
    [...counts.keys(), ...times.keys()].flatMap((key) => {
      const [, place, phase = ''] = routeWords(key)
      return place === `${index}` ? [phase] : []
    }),
  )
  return [...phases]
    .flatMap((phase) => {
      const key = (what: string): string => routeKey('place', `${index}`, phase, what)
      const [values, failed, of] = [
        times.get(key('values')),
        counts.get(key('failed')),
        counts.get(key('of')),
      ]
      const starts = new Set([...(values?.keys() ?? []), ...(of?.keys() ?? [])])
      return [...starts].map((at): CourseWindow => {
        const found = values?.get(at)
        const told = { at, phase, failed: failed?.get(at) ?? 0, of: of?.get(at) ?? 0 }
        return found ? { ...told, values: found } : told
      })
    })
    .sort((a, b) => a.at - b.at)
}
