import type { AnyNode } from 'acorn'
import { kib } from '../../base/index.ts'
import type { ScriptPlace, Rule, Subject } from '../rule.ts'
import { LINE_BYTES, LOG_BYTES, type ParsedScript } from '../../project/index.ts'
import { quote } from '../../../config/problem/problem.ts'
import { checkLines } from '../checkLines.ts'
import { readLogfmt } from '../logfmt.ts'

/** Errors that have a rule of their own. */
const TOLD_ELSEWHERE =
  /does not support async functions|invalid value for metric tag|unsupported protocol scheme|invalid URL|dynamic modules not enabled|is not defined$/

/** Modules that raise a verdict in ways that a stand-in does not. */
const ASSERTING = /testing|chai|assert|expect/i

/** Rules about what a monitor makes of a pass. */
export const VERDICT_RULES: readonly Rule[] = [
  {
    id: 'verdict',
    severity: 'warning',
    looks: 'a pass in front of a target that answers 503 to everything, which raises nothing',
    why: 'a failed check() is a success in Synthetic Monitoring, and thresholds are never evaluated: the monitor stays up',
    fix: 'count failures and end with exec.test.fail("…"), or throw (fail()): what loadwright’s suites do',
    find: ({ evaluation, script }) => {
      const { walks, standIns = [], unseen } = evaluation ?? {}
      if (standIns.some((module) => ASSERTING.test(module))) return []
      if (!walks || unseen !== undefined) return script ? unraised(script) : []
      const { broken } = walks
      if (broken.raised || broken.errors.length > 0 || broken.passes.length === 0) return []
      const failed = broken.passes.flatMap(({ checks }) => checks.filter(({ ok }) => !ok))
      const names = [...new Set(failed.map(({ name }) => name))].slice(0, 3)
      if (failed.length > 0)
        return [{ at: 'the pass', got: `checks that fail and end nothing: ${names.join(', ')}` }]
      return broken.requests.length > 0
        ? [{ at: 'the pass', got: 'nothing that looks at what comes back' }]
        : []
    },
  },
  {
    id: 'async-check',
    severity: 'error',
    looks: 'async functions given to the built-in `check()` or `group()`',
    why: 'k6 throws: “does not support async functions”; what is swallowed by a catch is a check that never was',
    fix: 'await first and check the value: const ok = await …; check(ok, { "…": (ok) => ok })',
    find: (subject) => asyncCallbacks(subject),
  },
  {
    id: 'dead-target',
    severity: 'warning',
    looks: 'a TypeError where nobody answers, such as `response.body.includes(…)`',
    why: 'the body is then null: the iteration ends there, and later checks are not recorded',
    fix: 'ask first: (response.body ?? "").includes(…), or check the status before',
    find: ({ evaluation }) => {
      const { well, dead } = evaluation?.walks ?? {}
      const known = well?.errors.map(({ message }) => message) ?? []
      const [error] = dead?.errors ?? []
      const isTheirs =
        error !== undefined && (error.name === 'TypeError' || error.message.includes('the body is null'))
      return isTheirs && !known.includes(error.message) ? [{ at: 'the pass', got: error.message }] : []
    },
  },
  {
    id: 'always-fails',
    severity: 'error',
    looks: 'an exception before the script has looked at any answer, whatever the target says',
    why: 'each pass ends there: the monitor is always down, and a load test does not get further either',
    fix: 'correct it; declare metrics and data at the top level',
    find: ({ evaluation }) => {
      const { well, broken, dead } = evaluation?.walks ?? {}
      const [error] = well?.errors ?? []
      if (!error || well?.looked === true || TOLD_ELSEWHERE.test(error.message)) return []
      const everywhere = [broken, dead].every((walk) => walk?.errors[0]?.message === error.message)
      const unsure =
        (evaluation?.standIns ?? []).length > 0 || Object.keys(evaluation?.given ?? {}).length > 0
      return everywhere
        ? [
            {
              at: 'the pass',
              got: `${error.name}: ${error.message}`,
              ...(unsure && { severity: 'warning' as const }),
            },
          ]
        : []
    },
  },
  {
    id: 'log-unreadable',
    severity: 'error',
    looks:
      'control characters, colours above all, and characters without a shape in console output or names of checks',
    why: 'k6 writes them in a way that the agent cannot read: the check is down, and all its metrics are lost',
    fix: 'write plain text: no colours, no escape sequences',
    find: ({ evaluation }) => {
      const { well, broken } = evaluation?.walks ?? {}
      const passes = [...(well?.passes ?? []), ...(broken?.passes ?? [])]
      const texts = [
        ...passes.flatMap(({ logs }) => logs.map(({ text }) => ['the console', text] as const)),
        ...passes.flatMap(({ checks }) => checks.map(({ name }) => ['a check', name] as const)),
      ]
      const places = new Map<string, ScriptPlace>()
      for (const [at, text] of texts) {
        const line = checkLines([{ tags: { check: text }, value: 1, count: 1 }]).trimEnd()
        const read = readLogfmt(line)
        const problem =
          'problem' in read
            ? read.problem
            : Buffer.byteLength(line) > LINE_BYTES
              ? `more than ${LINE_BYTES} bytes`
              : undefined
        if (problem !== undefined) places.set(at, { at, got: `${problem} in ${quote(text)}` })
      }
      return [...places.values()]
    },
  },
  {
    id: 'log-size',
    severity: 'warning',
    looks: `more than ${LOG_BYTES / 1024} KiB on the console in a pass`,
    why: 'the agent looks for failures in the first 255 KiB of the log only: a later fail() or throw leaves the monitor up',
    fix: 'log less, and raise the verdict by exec.test.fail(), which the exit code shows',
    find: ({ evaluation }) => {
      const bytes = (evaluation?.walks?.well.logs ?? []).reduce(
        // A line of logfmt has a time, a level and a source beside it.
        (sum, { text }) => sum + Buffer.byteLength(text) + 80,
        0,
      )
      return bytes > LOG_BYTES ? [{ at: 'the pass', got: kib(bytes, 0) }] : []
    },
  },
  {
    id: 'log-verdict',
    severity: 'warning',
    looks: '`console.error` of a text that begins with “Uncaught (in promise)”',
    why: 'the agent takes the line for a failure of the script: the monitor goes down',
    fix: 'begin the text with another word',
    find: ({ evaluation }) => {
      const { well, broken } = evaluation?.walks ?? {}
      const found = [...(well?.logs ?? []), ...(broken?.logs ?? [])].some(
        ({ level, text }) => level === 'error' && text.startsWith('Uncaught (in promise)'),
      )
      return found ? [{ at: 'the console', got: '“Uncaught (in promise)”' }] : []
    },
  },
]

/** By the text alone: checks, and nothing that could raise what they say. */
function unraised({ calls, nodes }: ParsedScript): ScriptPlace[] {
  const called = calls.map(({ node, origin }) => ({
    node,
    name: `${origin.module} ${origin.path.join('.')}`,
  }))
  const first = called.find(({ name }) => name === 'k6 check')
  const raises =
    called.some(({ name }) => /^k6 fail$|^k6\/execution test\.(fail|abort)$/.test(name)) ||
    nodes.some(({ type }) => type === 'ThrowStatement')
  return first && !raises ? [{ at: first.node, got: 'checks, and nothing that raises what they say' }] : []
}

function asyncCallbacks({ script, evaluation }: Subject): ScriptPlace[] {
  const written = (script?.calls ?? []).flatMap(({ node, origin }): ScriptPlace[] => {
    const called = origin.path.join('.')
    if (origin.module !== 'k6' || !/^(check|group)$/.test(called)) return []
    const [, second] = node.arguments
    if (!second) return []
    const within = called === 'group' ? [second] : second.type === 'ObjectExpression' ? valuesIn(second) : []
    return within
      .filter((one) => one.type.includes('Function') && 'async' in one && one.async)
      .map((one) => ({ at: one, got: `an async function in ${called}()` }))
  })
  if (written.length > 0) return written
  const { well, broken, dead } = evaluation?.walks ?? {}
  const thrown = [well, broken, dead]
    .flatMap((walk) => walk?.errors ?? [])
    .find(({ message }) => message.includes('does not support async functions as arguments'))
  return thrown ? [{ at: 'the pass', got: thrown.message.split('. ')[0] ?? '' }] : []
}

/** The values of an object that is written out. */
const valuesIn = (object: AnyNode): AnyNode[] =>
  object.type === 'ObjectExpression'
    ? object.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []))
    : []
