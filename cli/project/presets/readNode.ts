import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { unknownWord } from '../../../config/problem/nearest.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { aliasesIn } from './aliases.ts'
import { oddNumber, readScalar, writtenOf, type ScalarShape } from './scalar.ts'
import type { ListShape, MapShape, ObjectShape, Shape } from './shape.ts'
import { placeIn, type PlacedProblem, type YamlSource } from './yamlSource.ts'

/** What a YAML text holds by a shape. What is wrong is left out of the value. */
export interface Reading {
  readonly value: unknown
  readonly problems: readonly PlacedProblem[]
  /** Where each value begins, by its path, such as `requests[0].path`: characters from the start of the text. */
  readonly places: ReadonlyMap<string, number>
}

/** Values that a text may have, aliases resolved: a few aliases of aliases would be billions. */
const MAX_VALUES = 10_000
const MAX_DEPTH = 40
/** Problems that are told: more than anybody mends in a file before reading it anew. */
export const MAX_PROBLEMS = 100

/** A path in a preset, and what is there. */
interface Spot {
  readonly node: unknown
  readonly path: string
  readonly depth: number
  /** Where it is, if it has no place of its own. */
  readonly offset: number
}

/** Reads what a YAML text holds by a shape; every problem that would be told is returned, none thrown. */
export function readNode(source: YamlSource, shape: Shape): Reading {
  const problems: PlacedProblem[] = []
  const places = new Map<string, number>()
  const aliases = aliasesIn(source.document)
  let left = MAX_VALUES

  const tell = ({ path, offset }: Pick<Spot, 'path' | 'offset'>, said: Omit<Problem, 'where'>): void => {
    const where = placeIn(source, offset) + (path === '' ? '' : `: ${path}`)
    problems.push({ offset, problem: { where, ...said } })
  }

  const read = ({ node: given, path, depth, offset: outer }: Spot, wanted: Shape): unknown => {
    const offset = (given as Node | null)?.range?.[0] ?? outer
    const node: unknown = isAlias(given) ? aliases.get(given) : given
    const spot = { node, path, depth, offset }
    if (isAlias(given) && node === undefined) {
      tell(spot, {
        got: quote(`*${given.source}`),
        allowed: `an alias of &${given.source} above it, or a text in quotes`,
      })
      return
    }
    places.set(path, offset)
    if (--left < 0 || depth > MAX_DEPTH) {
      if (left > -2)
        tell(spot, {
          got: 'too much',
          allowed: `${MAX_VALUES} values with aliases, ${MAX_DEPTH} levels deep`,
        })
      left = -2
      return undefined
    }
    return readAs(spot, wanted)
  }

  const readAs = (spot: Spot, wanted: Shape): unknown => {
    const { node } = spot
    const shapes = (wanted.kind === 'either' ? wanted.of : [wanted]).filter((one) => takes(one, node))
    const [first] = shapes
    if (first === undefined) {
      tell(spot, { got: gotOf(node), allowed: wanted.allowed })
      return
    }
    if (first.kind === 'json') return readJson(spot)
    if (isScalar(node)) return readOne(spot, node, shapes as ScalarShape[])
    if (isSeq(node)) return readList(spot, node, first as ListShape)
    return readObject(spot, node as YAMLMap, first as ObjectShape | MapShape)
  }

  const readOne = (spot: Spot, node: Scalar, shapes: readonly ScalarShape[]): unknown => {
    const [first, ...others] = shapes.map((shape) => readScalar(node, shape))
    const well = [first, ...others].find((one) => one !== undefined && 'value' in one)
    if (well && 'value' in well) return well.value
    if (first && 'wrong' in first) tell(spot, first.wrong)
    return undefined
  }

  const readList = ({ path, depth, offset }: Spot, node: YAMLSeq, { of, allowed }: ListShape): unknown => {
    if (node.items.length === 0) {
      tell({ path, offset }, { got: 'an empty list', allowed })
      return
    }
    return node.items.map((item, index) =>
      read({ node: item, path: `${path}[${index}]`, depth: depth + 1, offset }, of),
    )
  }

  const readObject = (spot: Spot, node: YAMLMap, shape: ObjectShape | MapShape): unknown => {
    const seen = new Set<string>()
    const entries = node.items.flatMap((pair) => {
      const key = keyOf(spot, pair, seen)
      if (key === undefined) return []
      const known =
        shape.kind === 'map'
          ? shape.of
          : Object.hasOwn(shape.keys, key.text)
            ? shape.keys[key.text]
            : undefined
      const path = inside(spot.path, key.text)
      if (known) {
        const value = read({ node: pair.value, path, depth: spot.depth + 1, offset: key.offset }, known)
        return value === undefined ? [] : [[key.text, value] as const]
      }
      // What was meant takes a while to find, and those that follow are not told.
      if (problems.length >= MAX_PROBLEMS) return []
      const words = Object.keys(shape.kind === 'object' ? shape.keys : {})
      const { got, allowed, fix } = unknownWord('', key.text, words)
      tell({ path, offset: key.offset }, { got, allowed, ...(fix === undefined ? {} : { fix }) })
      return []
    })
    if (shape.kind === 'map' && node.items.length === 0) {
      tell(spot, { got: 'nothing', allowed: shape.allowed })
      return
    }
    if (shape.kind === 'object')
      for (const key of shape.needed ?? [])
        if (!places.has(inside(spot.path, key)))
          tell(
            { ...spot, path: inside(spot.path, key) },
            { got: 'nothing', allowed: shape.keys[key]?.allowed ?? '' },
          )
    return Object.fromEntries(entries)
  }

  const readJson = (spot: Spot): unknown => {
    const { node, path, depth, offset } = spot
    const json = { kind: 'json', allowed: 'JSON' } as const
    if (isSeq(node))
      return node.items.map((item, index) =>
        read({ node: item, path: `${path}[${index}]`, depth: depth + 1, offset }, json),
      )
    if (isMap(node)) {
      const seen = new Set<string>()
      return Object.fromEntries(
        node.items.flatMap((pair) => {
          const key = keyOf(spot, pair, seen)
          if (key === undefined) return []
          const at = inside(path, key.text)
          return [
            [key.text, read({ node: pair.value, path: at, depth: depth + 1, offset: key.offset }, json)],
          ]
        }),
      )
    }
    const odd = isScalar(node) ? oddNumber(node) : undefined
    if (odd) {
      tell(spot, odd)
      return
    }
    return isScalar(node) ? node.value : null
  }

  const keyOf = (
    spot: Spot,
    { key }: Pair,
    seen: Set<string>,
  ): { text: string; offset: number } | undefined => {
    const offset = (key as Node | null)?.range?.[0] ?? spot.offset
    if (!isScalar(key) || key.value === null) {
      tell(
        { path: spot.path, offset },
        { got: 'a key that is no text', allowed: 'texts as keys; one with { or [ in quotes' },
      )
      return
    }
    const text = typeof key.value === 'string' ? key.value : writtenOf(key)
    if (text === '<<') {
      tell({ path: spot.path, offset }, { got: '"<<"', allowed: 'keys written out: YAML 1.2 merges none' })
      return
    }
    if (seen.has(text)) {
      tell({ path: '', offset }, { got: `${quote(text)} again`, allowed: 'each key once' })
      return
    }
    seen.add(text)
    return { text, offset }
  }

  const value = read({ node: source.document.contents, path: '', depth: 0, offset: 0 }, shape)
  return { value, problems, places }
}

const inside = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$-]*$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${quote(key)}]`

const takes = (shape: Shape, node: unknown): boolean => {
  if (shape.kind === 'json') return node !== null && node !== undefined
  if (isSeq(node)) return shape.kind === 'list'
  if (isMap(node)) return shape.kind === 'object' || shape.kind === 'map'
  return isScalar(node) && ['text', 'number', 'boolean'].includes(shape.kind)
}

function gotOf(node: unknown): string {
  if (isScalar(node) && node.value !== null) return quote(writtenOf(node))
  return isSeq(node) ? 'a list' : isMap(node) ? 'an object' : 'nothing'
}
