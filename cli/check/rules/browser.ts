import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { scenariosOf } from '../../project/index.ts'
import { literalOptions } from './literalOptions.ts'

const SHAPE =
  'export const options = { scenarios: { ui: { executor: "shared-iterations", options: { browser: { type: "chromium" } } } } }'

/** Rules about scripts that drive a browser. */
export const BROWSER: readonly Rule[] = [
  {
    id: 'browser-import',
    severity: 'error',
    looks: '`k6/browser` imported in another way than by the name `browser`',
    why: 'the form tells a browser script by that name: it takes this one for a scripted check, where no browser is',
    fix: "import { browser } from 'k6/browser' in a browser script, nothing of it in another",
    find: ({ script, kind, evaluation }) => {
      const asked = (script?.imports ?? []).filter(({ module }) => module === 'k6/browser')
      const named = asked.some(
        ({ how, names }) => how === 'import' && names.some(({ name }) => name === 'browser'),
      )
      if (named) return []
      if (asked.length === 0)
        return kind === 'browser' && evaluation?.exports
          ? [{ at: 'options', got: 'a browser scenario without that import' }]
          : []
      const whole = asked.filter(({ names }) => names.length === 0 || names.some(({ name }) => isWhole(name)))
      if (whole.length > 0) return whole.map(({ node }) => ({ at: node, got: 'all of k6/browser' }))
      return asked.map(({ node }) => ({
        at: node,
        got: 'a part of k6/browser',
        severity: 'warning',
        why: 'the module alone makes every iteration of every VU dearer',
      }))
    },
  },
  {
    id: 'browser-options',
    severity: 'error',
    looks:
      'a browser script without `export const options = { scenarios: { … } }` written out, keys unquoted, the first scenario on chromium',
    why: 'the form reads the text, and refuses it; what bundlers make of it (`var options = …; export { options }`) too',
    fix: `keep options out of the entry, and append to the bundle: ${SHAPE}. A script that needs no browser imports none`,
    find: ({ kind, script, evaluation }) => {
      if (kind !== 'browser' || !script) return []
      const options = evaluation?.exports ? scenariosOf(evaluation.exports.options) : undefined
      const none =
        options !== undefined && Object.values(options).every((one) => browserOf(one) === undefined)
      if (none)
        return [
          {
            at: 'options',
            got: 'no scenario with options.browser.type "chromium"',
            why: 'the form refuses it, and without such a scenario k6 throws: “browser not found in registry”',
            ...(isSuite(evaluation?.exports?.default) ? { fix: OWN_SUITE } : {}),
          },
        ]
      return literalOptions(script)
    },
  },
  {
    id: 'browser-load',
    severity: 'error',
    looks: 'a browser script that asks for more than one VU and one iteration, in any scenario',
    why: 'the agent runs the scenarios of a browser script as they are written, every few minutes',
    fix: 'one scenario: executor "shared-iterations", no vus, iterations, duration or stages',
    find: (subject) => (subject.kind === 'browser' ? loads(subject) : []),
  },
]

/** What a protocol suite does that imports the library's door to a browser: every iteration of every VU pays for it. */
const OWN_SUITE =
  'leave journeys in a browser to a file of their own, made by `suite` of loadwright/browser, and import nothing of loadwright/browser here'

const isSuite = (value: unknown): boolean => typeof value === 'function' && 'definition' in value

const isWhole = (name: string): boolean => name === '*' || name === 'default'

function browserOf({ options }: Readonly<Record<string, unknown>>): unknown {
  const { browser } = Object(options) as { browser?: { type?: unknown } | null }
  return browser?.type
}

function loads({ evaluation }: Subject): ScriptPlace[] {
  const options = Object(evaluation?.exports?.options) as Record<string, unknown>
  const top = ['vus', 'iterations', 'duration', 'stages']
    .filter((key) => (options[key] ?? 1) !== 1)
    .map((key) => ({ at: `options.${key}`, got: JSON.stringify(options[key]).slice(0, 80) }))
  const scenarios = Object.entries(scenariosOf(options))
  const each = scenarios.flatMap(([name, scenario]): ScriptPlace[] => {
    const { executor, vus = 1, iterations = 1 } = scenario
    const at = `options.scenarios.${name}`
    if (!/^(shared|per-vu)-iterations$/.test(String(executor)))
      return [{ at, got: `executor ${JSON.stringify(executor)}` }]
    if (vus !== 1 || iterations !== 1)
      return [{ at, got: `vus ${JSON.stringify(vus)}, iterations ${JSON.stringify(iterations)}` }]
    return []
  })
  const more = scenarios.length > 1 ? [{ at: 'options.scenarios', got: `${scenarios.length} scenarios` }] : []
  return [...top, ...each, ...more]
}
