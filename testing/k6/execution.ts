import { hasSystemTag, needVu, type Core } from '../core.ts'
import { Interrupt } from '../realm.ts'
import { asText } from '../text.ts'

const outsideVu = 'getting scenario information outside of the VU context is not supported'

/** The module `k6/execution`. */
export function executionModule(core: Core) {
  const { realm } = core
  const refuse = (sentence: string): never => {
    throw new core.GoError(sentence)
  }
  const scenario = () => core.scenario ?? refuse(outsideVu)
  const iteration = () => {
    scenario()
    return core.vu.iteration
  }
  const info = (getters: Record<string, () => unknown>): object => {
    const object = new realm.Object() as object
    for (const [name, get] of Object.entries(getters)) {
      const set = () => {
        throw new realm.TypeError(`Cannot assign to read only property '${name}'`)
      }
      Object.defineProperty(object, name, { get, set, enumerable: true })
    }
    return object
  }
  const scenarioInfo = info({
    name: () => scenario().name,
    executor: () => scenario().executor,
    startTime: () => Math.floor(scenario().startTime),
    progress: () => scenario().progress,
    iterationInInstance: () => iteration(),
    iterationInTest: () => core.firstIteration + iteration(),
  })
  const running = () => core.context === 'setup' || core.context === 'iteration'
  const instanceInfo = info({
    currentTestRunDuration: () => core.clock.now() - core.started,
    iterationsCompleted: () => core.iterationsCompleted,
    iterationsInterrupted: () => 0,
    vusActive: () => (core.context === 'iteration' ? 1 : 0),
    vusInitialized: () => 1,
  })
  const metrics = info({ tags: () => core.vu.tags.object, metadata: () => core.vu.metadata.object })
  const vuInfo = Object.assign(
    info({
      idInInstance: () => core.vu.id,
      idInTest: () => core.vu.id,
      iterationInInstance: () => core.vu.iteration,
      iterationInScenario: () => core.vu.iteration,
    }),
    { tags: core.vu.tags.object, metrics },
  )
  const message = (value: unknown) => (value === undefined || value === null ? '' : asText(value))
  const testInfo = info({
    options: () =>
      core.context === 'init'
        ? refuse('getting test options in the init context is not supported')
        : core.options,
    abort: () => (reason?: unknown) => {
      core.seen.aborted ??= message(reason)
      throw new Interrupt(`test aborted${message(reason) && `: ${message(reason)}`}`)
    },
    fail: () => (reason?: unknown) => {
      if (core.context === 'init') refuse('execution.test.fail() called outside of VU context')
      core.seen.failed.push(message(reason))
    },
  })
  return info({
    instance: () =>
      running() ? instanceInfo : refuse('getting instance information in the init context is not supported'),
    scenario: () => (core.context === 'init' ? refuse(outsideVu) : scenarioInfo),
    test: () => testInfo,
    vu: () => {
      needVu(core, 'getting VU information in the init context is not supported')
      return vuInfo
    },
  })
}

/** The tags a VU starts with where it is now: the run's, the scenario's, `group` and `scenario`. */
export function startingTags(core: Core, run: Record<string, string>): Record<string, string> {
  const tags = { ...run, ...core.scenario?.tags }
  const part = core.context === 'setup' || core.context === 'teardown' ? `::${core.context}` : ''
  const grouped = core.context === 'iteration' || part !== ''
  if (grouped && hasSystemTag(core, 'group')) tags.group = part
  if (core.scenario !== undefined && hasSystemTag(core, 'scenario')) tags.scenario = core.scenario.name
  return tags
}
