import { KNOWN, OF_HISTOGRAMS, PRESENCE, RANGED, RATES } from './functions.ts'
import { minus, plus, settled, VALUE, type Given, type Tell } from './given.ts'

/** What a function gives for its arguments; `words` are the arguments as they are written. */
export function called(
  name: string,
  args: readonly Given[],
  { words, tell }: { words: readonly string[]; tell: Tell },
): Given {
  if (!KNOWN.has(name)) tell(`Prometheus 2.42 has no ${name}()`)
  const labelled = name === 'label_replace' || name === 'label_join' ? args[0] : undefined
  const main =
    labelled ??
    args.find(({ is, range }) => range === true || !['text', 'value'].includes(is)) ??
    args.at(-1) ??
    VALUE
  const isRanged = RANGED.includes(name)
  if (isRanged !== (main.range === true)) tell(`${name}() takes ${isRanged ? 'a range' : 'no range'}`)
  const given: Given = { ...main, range: false }
  if (RATES.includes(name)) return rated(name, given, tell)
  if (PRESENCE.includes(name)) return { ...given, is: 'value' }
  if (name === 'last_over_time') return last(given, tell)
  if (OF_HISTOGRAMS.includes(name)) return read(name, given, tell)
  if (name !== 'label_replace' && name !== 'label_join') return settled(given, `${name}()`, tell)
  return { ...given, labels: plus(given.labels, [(words[1] ?? '').slice(1, -1)]) }
}

function rated(name: string, given: Given, tell: Tell): Given {
  if (given.is === 'raw native') return { ...given, is: 'histograms' }
  if (given.is === 'raw buckets') return { ...given, is: 'buckets' }
  if (['raw gauge', 'raw share', 'raw stat'].includes(given.is)) tell(`${name}() of a gauge says nothing`)
  return { ...given, is: 'value' }
}

function last(given: Given, tell: Tell): Given {
  if (given.is === 'raw native' || given.is === 'histograms')
    tell('last_over_time() of native histograms gives 0 on Prometheus 2.42')
  return { ...given, is: given.is === 'raw buckets' ? 'buckets' : 'value' }
}

/** A function of histograms: native ones have no `le`, of others nothing is known without it. */
function read(name: string, { is, labels }: Given, tell: Tell): Given {
  const ofBuckets = name === 'histogram_quantile' && (is === 'buckets' || is === 'raw buckets')
  const ofNative = is === 'histograms' || is === 'raw native'
  if (!ofBuckets && !ofNative)
    tell(`${name}() takes ${name === 'histogram_quantile' ? 'histograms' : 'native histograms'}`)
  if (ofBuckets && is === 'raw buckets')
    tell('histogram_quantile() of buckets since the start: use rate() or last_over_time()')
  if (ofBuckets && labels && !labels.has('le'))
    tell('histogram_quantile() of buckets needs their label le: sum by (le, …)')
  if (ofNative && labels?.has('le')) tell(`${name}() of native histograms takes no le`)
  return { is: 'value', labels: minus(labels, ['le']) }
}
