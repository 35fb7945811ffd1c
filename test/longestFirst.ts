import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take the longest: half a minute and more. */
export const LONGEST = [
  'test/engine/readme.engine.test.ts',
  'test/grafana/dashboards.engine.test.ts',
  'test/engine/profiles.engine.test.ts',
  'cli/grafana/stack/serve.engine.test.ts',
  'test/consumer.engine.test.ts',
  'test/engine/cloud.engine.test.ts',
  'test/engine/run.engine.test.ts',
  'test/engine/forensics.engine.test.ts',
  'test/engine/lost.engine.test.ts',
  'test/engine/monitor.engine.test.ts',
  'test/engine/series.engine.test.ts',
  'test/engine/refusals.engine.test.ts',
  'cli/report/html.engine.test.ts',
]

/** Starts the longest files first, so that no worker waits for another at the end; the others as vitest does. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications)
    const long = LONGEST.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)))
    return [...long, ...sorted.filter((one) => !long.includes(one))]
  }
}
