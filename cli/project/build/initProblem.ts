/** A bundle's source map, as far as it is read here. */
interface Map {
  sources: string[]
  sourcesContent: (string | null)[]
  ignoreList?: number[]
}

const HINT = 'if the script needs a variable of its own, give it by -e NAME=value'

/** What the top level of a script threw, for its author: where, what, and what may be missing. */
export function initProblem(error: Error, source: string, map?: string): string {
  const kind = /^(User)?Error$/.test(error.name) ? '' : `${error.name}: `
  const { sources, sourcesContent, ignoreList = [] } = JSON.parse(map ?? '{"sources":[]}') as Map
  const authors = sources.filter((_, index) => !ignoreList.includes(index))
  const readsVariables = authors.some((name) => sourcesContent[sources.indexOf(name)]?.includes('__ENV'))
  return `${placeOf(error, authors) ?? source}: ${kind}${error.message}${readsVariables ? `; ${HINT}` : ''}`
}

/**
 * The place in one of the files nearest to where an error was thrown, such as `suites/a.ts:12:5`. A plain error that
 * the library threw is a sentence about the suite as a whole, and has none.
 */
function placeOf({ name, stack = '' }: Error, files: readonly string[]): string | undefined {
  const places = stack.split('\n').flatMap((line) => {
    const last = line.slice(Math.max(line.lastIndexOf(' '), line.lastIndexOf('(')) + 1).trim()
    const place = /^(.+?):\d+:\d+$/.exec(last.replace(/\)$/, ''))
    return place ? [place] : []
  })
  const near = name === 'Error' ? places.slice(0, 1) : places
  return near.find(([, file = '']) => files.includes(file))?.[0]
}
