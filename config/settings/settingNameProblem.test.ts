import { expect, test } from 'vitest'
import { settingNameProblem } from './settingNameProblem.ts'

test('a name that is no setting is refused, with the one that was meant', () => {
  expect(settingNameProblem('SCALE', '--set')).toBeUndefined()
  expect(settingNameProblem('DURATOIN', '--set')).toMatchObject({
    where: '--set',
    got: '"DURATOIN"',
    fix: 'Did you mean DURATION?',
  })
  expect(settingNameProblem('toString', '--set')).toMatchObject({ got: '"toString"' })
})
