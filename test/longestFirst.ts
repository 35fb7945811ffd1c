import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { LONGEST } from './longest.ts'

/** Starts the longest files first, so that no worker waits for another at the end; the others as vitest does. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications)
    const long = LONGEST.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)))
    return [...long, ...sorted.filter((one) => !long.includes(one))]
  }
}
