import type { Rule, Subject } from '../rule.ts'
import { scenariosOf } from '../../project/index.ts'

const NOT_RUN = /^(setup|teardown|handleSummary|options|__esModule)$/

/** The names that a script exports, as far as they are known; undefined where nothing is. */
function exportedNames({ script, evaluation }: Subject): readonly string[] | undefined {
  if (evaluation?.exports) return Object.keys(evaluation.exports)
  return script?.isModule ? [...script.exports] : undefined
}

/** Whether an export can be called; what was not evaluated is given the benefit of the doubt. */
const callable = ({ evaluation }: Subject, name: string): boolean =>
  evaluation?.exports === undefined || typeof evaluation.exports[name] === 'function'

/** A browser script runs as its scenarios say: where each names its function, no default export is asked for. */
function runsByName({ kind, evaluation }: Subject): boolean {
  const { exports = {} } = evaluation ?? {}
  const scenarios = Object.values(scenariosOf(exports.options))
  const named = scenarios.every(({ exec }) => typeof exec === 'string' && typeof exports[exec] === 'function')
  return kind === 'browser' && scenarios.length > 0 && named
}

/** Rules about what a script exports. */
export const EXPORTS: readonly Rule[] = [
  {
    id: 'default-export',
    severity: 'error',
    looks: 'no function as the default export',
    why: 'exit 104: a monitor calls nothing else, whatever `exec` says',
    fix: 'export default function () { … } that calls what a monitor should do',
    find: (subject) => {
      const names = exportedNames(subject)
      if (runsByName(subject)) return []
      if (names === undefined || (names.includes('default') && callable(subject, 'default'))) return []
      const others = names.filter((name) => !NOT_RUN.test(name) && callable(subject, name))
      if (others.length > 0) return [{ got: `only ${others.slice(0, 5).join(', ')}` }]
      const lifecycle = names.some((name) => /^(setup|teardown|handleSummary)$/.test(name))
      if (lifecycle) return [{ got: 'no function but those around a run' }]
      return [
        {
          got: names.includes('default')
            ? 'a default export that is no function'
            : 'no exported function at all',
          why: 'exit 255: “no exported functions in script”, which the agent takes for a failure of its own',
        },
      ]
    },
  },
  {
    id: 'lifecycle-export',
    severity: 'error',
    looks: '`setup` or `teardown` that is not a function',
    why: 'exit 255: “must be a function”',
    fix: 'export a function of that name, or name it otherwise',
    find: ({ evaluation }) =>
      ['setup', 'teardown'].flatMap((name) => {
        const value = evaluation?.exports?.[name]
        return value === undefined || value === null || typeof value === 'function'
          ? []
          : [{ at: `export ${name}`, got: `a ${typeof value}` }]
      }),
  },
  {
    id: 'frozen-options',
    severity: 'error',
    looks: '`options` that are frozen',
    why: 'exit 255: k6 writes the options that it made of them back into each VU’s',
    fix: 'export them unfrozen; freeze a copy for yourself',
    find: ({ evaluation }) => {
      const { options } = evaluation?.exports ?? {}
      const frozen = typeof options === 'object' && options !== null && !Object.isExtensible(options)
      return frozen ? [{ at: 'options', got: 'an object that k6 cannot write into' }] : []
    },
  },
]
