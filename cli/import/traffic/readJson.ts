import { parseJson } from '../../base/index.ts'

/** Deeper JSON stays a text, and is not searched. */
const MAX_DEPTH = 100

/** Reads JSON; undefined where a text is none, and where it is nested too deeply to be written or searched. */
export function readJson(text: string): unknown {
  const json = parseJson(text)
  return isDeeper(json, MAX_DEPTH) ? undefined : json
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((own) => isDeeper(own, levels - 1)))
