import { quote } from '../../../../config/problem/problem.ts'
import { MAYBE_SECRET_NAME } from '../../../../config/secrets.ts'
import type { EnvVar, TestRunSpec } from '../clusterTest.ts'

/** What decides a load, of a TestRun's spec. */
export type Loading = Pick<TestRunSpec, 'parallelism' | 'args'> & { readonly env: readonly EnvVar[] }

/** That of each TestRun of a test, by its name. */
export type Loadings = Readonly<Record<string, Loading>>

/** The file in the collector's ConfigMap that tells what was rendered: what runs may be another, by an overlay. */
export const LOADING_FILE = 'testrun.json'

/** What decides the load of a TestRun. */
export const loadingOf = ({ parallelism, args = [], runner }: TestRunSpec): Loading => ({
  parallelism,
  args,
  env: (runner?.env ?? []).filter(({ name }) => !HARMLESS.test(name)),
})

/** Variables that say where a runner pushes, or how its process is run: an overlay may have its own. */
const HARMLESS = /^(K6_PROMETHEUS_RW_\w+|GO[A-Z]+|(HTTPS?|NO|ALL)_PROXY|TZ)$/i

/** In what a TestRun in a cluster is not what was rendered, each as words; nothing where it is. */
export function changesOf(rendered: Loading, ran: Loading): string[] {
  const [was, is] = [byName(rendered), byName(ran)]
  const names = [...new Set([...was.keys(), ...is.keys()])]
  return [
    ...(ran.parallelism === rendered.parallelism
      ? []
      : [`parallelism ${ran.parallelism} (${rendered.parallelism} was rendered)`]),
    ...(JSON.stringify(ran.args) === JSON.stringify(rendered.args) ? [] : ['other arguments for k6']),
    ...names.flatMap((name) =>
      JSON.stringify(was.get(name)) === JSON.stringify(is.get(name))
        ? []
        : [`${name} ${shown(is.get(name))} (${shown(was.get(name))} was rendered)`],
    ),
  ]
}

const byName = ({ env }: Loading): Map<string, EnvVar> => new Map(env.map((one) => [one.name, one]))

const shown = (one: EnvVar | undefined): string => {
  if (one === undefined) return 'nothing'
  if ('valueFrom' in one) return 'of a Secret'
  return MAYBE_SECRET_NAME.test(one.name) ? 'another value' : quote(one.value)
}
