import { exceptionText } from '../exceptions.ts'
import type { Facts } from '../facts.ts'
import { only, rule } from './rule.ts'

/** Whether k6 came to its own end: a signal after that has ended nothing. */
export const cameToItsEnd = ({ k6 }: Facts): boolean => k6 === 0 || k6 === 110

export const STOPPED = rule({
  code: 'run-stopped',
  about:
    'loadwright ended the run before it did harm (over the environment’s cap, out of memory), or lost sight of it in a cluster',
  effect: 'invalid',
  when: ({ stopped, interrupted }: Facts) => (stopped === undefined || interrupted ? [] : [{ why: stopped }]),
  say: ({ why }) => why,
})

export const NOT_STOPPED = rule({
  code: 'cap-not-kept',
  about: 'k6 that others started went over the environment’s cap, and loadwright could not end them',
  effect: 'invalid',
  when: ({ goesOn }: Facts) => (goesOn === undefined ? [] : [{ why: goesOn }]),
  say: ({ why }) => why,
})

export const INTERRUPTED = rule({
  code: 'run-interrupted',
  about: 'Ctrl-C, or a signal, ended the run before its end',
  effect: 'interrupted',
  when: (facts: Facts) => (facts.k6 === 105 || (facts.interrupted && !cameToItsEnd(facts)) ? [{}] : []),
  say: () => 'the run was interrupted before its end',
})

const LEAST = 'the least DURATION that it takes is 1 s'

export const REFUSED = rule({
  code: 'options-refused',
  about: 'k6 did not take its options, and sent nothing',
  effect: 'refused',
  when: ({ k6, said: [why = LEAST] = [] }: Facts) => (k6 === 104 ? [{ why: why.replace(/\s+/g, ' ') }] : []),
  say: ({ why }) => `k6 refused the options before it sent anything: ${why}`,
})

export const NOT_STARTED = rule({
  code: 'k6-not-started',
  about: 'k6 could not be started',
  effect: 'invalid',
  when: ({ failure }: Facts) => (failure === undefined ? [] : [{ why: failure }]),
  say: ({ why }) => `k6 could not be started: ${why}`,
})

/** k6's words for a browser that is gone, which it says of those too that it ended itself; for one that it lost, and for one that it could not start. */
const BROWSER_GONE = /^process with PID \d+ unexpectedly ended: (.+)$/
const LOST = 'communicating with browser'
const NOT_LAUNCHED = 'launching browser'

export const BROWSER_ENDED = rule({
  code: 'browser-ended',
  about: 'the browser that k6 drove did not start, or ended before k6 was done with it',
  effect: 'invalid',
  when: ({ said = [] }: Facts) => {
    const [how] = said.flatMap((text) => BROWSER_GONE.exec(text)?.[1] ?? [])
    const [lost, unlaunched] = [LOST, NOT_LAUNCHED].map((words) => said.some((text) => text.includes(words)))
    return how !== undefined && (lost || unlaunched) ? [{ how, started: !unlaunched }] : []
  },
  say: ({ how, started }) =>
    started
      ? `the browser ended in the middle of the run (${how}), which says nothing of the target. Where memory was short, drive fewer browsers: each takes half a gigabyte`
      : `the browser did not start (${how}). Start it by hand to see why; loadwright doctor says which one it is`,
})

export const INSTANCE_LOST = rule({
  code: 'instance-lost',
  about: 'one of several k6 was killed, crashed or never began, so its share of the load is not all there',
  effect: 'invalid',
  when: ({ lost = [], othersStopped = true }: Facts) =>
    lost.map((one) => ({ ...one, ...(othersStopped ? {} : { othersWentOn: true }) })),
  say: ({ instance, of, how, othersWentOn = false }: Lost) =>
    `instance ${instance} of ${of} ${how}: its share of the load is not all there${othersWentOn ? '' : ', and others that had not ended were stopped'}`,
})

interface Lost {
  instance: string
  of: number
  how: string
  othersWentOn?: boolean
}

export const INSTANCE_UNSOUND = rule({
  code: 'instance-unsound',
  about:
    'what a collector got under one name was not one run of one k6 (it began anew, two pushed in turns), or what ran in a cluster was not what was rendered',
  effect: 'invalid',
  when: ({ unsound = [] }: Facts) => unsound,
  say: ({ instance, of, why }) => `instance ${instance} of ${of} ${why}: its load is not what was planned`,
})

export const UNHEARD = rule({
  code: 'instance-unheard',
  about: 'a collector got nothing of an instance for a while, and nothing tells what is missing',
  effect: 'invalid',
  when: ({ unheard = [] }: Facts) => unheard,
  say: ({ instance, of, seconds }) =>
    `nothing came of instance ${instance} of ${of} for ${seconds} s: what it measured for the last time in them is not known. loadwright run --join tells it`,
})

export const NOT_TOGETHER = rule({
  code: 'instances-not-together',
  about: 'an instance of several began when another had made half of its load or more',
  effect: 'invalid',
  when: ({ alone }: Facts) => (alone ? [alone] : []),
  say: ({ instance, seconds, of }) =>
    `instance ${instance} began ${seconds} s after the first, of which one lasted ${of} s: they never made the planned load together`,
})

export const UNLIKE_PLAN = rule({
  code: 'load-unlike-plan',
  about: 'several k6 made another load together than was planned: some were missing, or made the same part',
  effect: 'invalid',
  when: ({ unlike }: Facts) => (unlike ? [{ ...unlike }] : []),
  say: ({ what, seen, planned }) =>
    `all instances together made ${seen} ${what}, and the load has ${planned}: ${seen < planned ? 'one was missing, or had another part' : 'give each its own part'} (--execution-segment)`,
})

export const UNCOUNTED = rule({
  code: 'instances-not-counted',
  about: 'a collector was ended by hand, and nobody had said how many instances there should be',
  effect: 'note',
  when: ({ uncounted }: Facts) => (uncounted === undefined ? [] : [{ instances: uncounted }]),
  say: ({ instances }) =>
    `${instances === 1 ? 'one instance came' : `${instances} instances came`}, and nobody had said how many there should be: --expect ${instances} would have noticed one that is missing`,
})

export const CLOCKS_DIFFER = rule({
  code: 'instance-clocks',
  about: 'the clock of an instance is seconds away from that of another, and so are its figures over time',
  effect: 'note',
  when: ({ clocks }: Facts) => (clocks ? [clocks] : []),
  say: ({ instance, ms }) =>
    `the clock of instance ${instance} is ${(ms / 1000).toFixed(1)} s ahead of another’s: charts show its load so much later`,
})

export const INSTANCES_APART = rule({
  code: 'instances-apart',
  about: 'an instance of several began long after the first, so they did not load the target together',
  effect: 'note',
  when: ({ apart }: Facts) => (apart ? [apart] : []),
  say: ({ instance, seconds }) =>
    `instance ${instance} began ${seconds} s after the first: they loaded the target together only from then on`,
})

export const KILLED = rule({
  code: 'k6-killed',
  about: 'k6 was killed before its end',
  effect: 'invalid',
  when: ({ k6 }: Facts) => (k6 === undefined ? [{}] : []),
  say: () => 'k6 was killed before its end',
})

/** The script's own last words before it ended k6; an async function's error has no exit code of its own. */
const lastError = ({ k6, exceptions = [] }: Facts): string | undefined => {
  const outside = exceptions.find((one) => one.iterations === undefined)
  return (k6 === 107 || k6 === 255) && outside ? exceptionText(outside) : undefined
}

export const SCRIPT_ENDED = rule({
  code: 'script-ended',
  about: 'an error of the script outside of its iterations ended k6',
  effect: 'invalid',
  when: (facts: Facts) => {
    const error = lastError(facts)
    return facts.k6 === 107 || error !== undefined ? [{ error }] : []
  },
  say: ({ error }) => `the script ended with an error${error === undefined ? '' : `: ${error}`}`,
})

/** The same where the error is known. */
export const SCRIPT_ENDED_BY = only(SCRIPT_ENDED, (facts) => lastError(facts) !== undefined)

export const ABORTED = rule({
  code: 'run-aborted',
  about: 'the script aborted the run (`exec.test.abort`)',
  effect: 'invalid',
  when: ({ k6, aborted }: Facts) => (k6 === 108 ? [{ why: aborted }] : []),
  say: ({ why }) => `the run was aborted${why === undefined ? '' : `: ${why}`}`,
})

/** Exit codes of k6's own that make a run invalid, in words. */
const WORDS: Readonly<Record<number, string>> = {
  100: 'setup took too long',
  101: 'teardown took too long',
  102: 'k6 ran into a timeout',
  103: 'the run was stopped through k6’s REST API',
  106: 'k6’s REST API could not start',
  109: 'k6 itself crashed',
}

/** Exit codes that another rule reads. */
const OTHERS = [0, 99, 107, 108, 110]

export const K6_FAILED = rule({
  code: 'k6-failed',
  about: 'k6 ended with an exit code that does not depend on the target (100–103, 106, 109, any unknown one)',
  effect: 'invalid',
  when: (facts: Facts) => {
    const { k6 } = facts
    const isKnown = k6 === undefined || OTHERS.includes(k6) || lastError(facts) !== undefined
    return isKnown ? [] : [{ exit: k6 }]
  },
  say: ({ exit }) => WORDS[exit] ?? `k6 ended with exit code ${exit}`,
})

export const LATE = rule({
  code: 'interrupted-late',
  about: 'a signal came after the load had ended, so it changed nothing',
  effect: 'note',
  when: (facts: Facts) => (facts.interrupted && cameToItsEnd(facts) ? [{}] : []),
  say: () => 'a signal came after the load had ended; the verdict covers the whole run',
})
