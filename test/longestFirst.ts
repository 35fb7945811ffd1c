import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take the longest: of each project those of ten seconds and more. */
export const LONGEST = [
  'cli/verdict/pairs/simulation.build.test.ts',
  'cli/verdict/comparison/simulation.build.test.ts',
  'cli/verdict/gate/simulation.build.test.ts',
  'cli/commands/monitorCode.build.test.ts',
  'cli/rollout/simulation.build.test.ts',
  'test/docs.build.test.ts',
  'test/engine/readme.engine.test.ts',
  'test/grafana/dashboards.engine.test.ts',
  'test/ci/workflows.engine.test.ts',
  'cli/grafana/stack/serve.engine.test.ts',
  'test/engine/cloud.engine.test.ts',
  'test/engine/lost.engine.test.ts',
  'test/consumer.engine.test.ts',
  'test/engine/run.engine.test.ts',
  'test/engine/monitor.engine.test.ts',
  'test/engine/watchQueries.engine.test.ts',
  'test/grafana/influx.engine.test.ts',
  'test/engine/refusals.engine.test.ts',
  'test/engine/trouble.engine.test.ts',
  'test/ci/pipelines.engine.test.ts',
  'test/engine/authors.engine.test.ts',
  'cli/report/html.engine.test.ts',
  'test/engine/spans.engine.test.ts',
  'test/grafana/otlp.engine.test.ts',
  'test/engine/profiles.engine.test.ts',
  'test/engine/forensics.engine.test.ts',
  'test/engine/series.engine.test.ts',
]

/** Starts the longest files first, so that no worker waits for another at the end; the others as vitest does. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications)
    const long = LONGEST.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)))
    return [...long, ...sorted.filter((one) => !long.includes(one))]
  }
}
