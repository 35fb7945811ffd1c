import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { packageRoot } from '../cli/base/package.ts'
import { LONGEST } from './longest.ts'

test('the files that are to start first are there', () => {
  expect(LONGEST.toSorted()).toEqual(globSync(LONGEST, { cwd: packageRoot }).toSorted())
})
