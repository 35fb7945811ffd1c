import { expect, test } from 'vitest'
import { dealt, readRegions, regionProblems } from './regions.ts'

test('runners are dealt out to the regions, as evenly as they can be', () => {
  expect(dealt(['eu', 'us'], 5)).toEqual(['eu', 'eu', 'eu', 'us', 'us'])
  expect(dealt(['eu', 'us', 'ap'], 3)).toEqual(['eu', 'us', 'ap'])
  expect(dealt([], 2)).toEqual([undefined, undefined])
})

test('a region is a name and a context, whatever a context has in its name', () => {
  expect(readRegions(['eu=arn:aws:eks:eu-west-1:1=a/b', 'us=b'])).toEqual({
    regions: [
      { region: 'eu', context: 'arn:aws:eks:eu-west-1:1=a/b' },
      { region: 'us', context: 'b' },
    ],
    problems: [],
  })
  const { problems } = readRegions(['eu', 'the north=a', 'eu=', 'us=b', 'us=c', 'ap=b'])
  expect(problems.map(({ got }) => got)).toEqual(['"eu"', '"the north=a"', '"eu="', '"us=c"', '"ap=b"'])
})

test('each region has a runner, and its own tag', () => {
  const two = ['eu', 'us']
  expect(regionProblems(two, { runners: 2, more: [] })).toEqual([])
  expect(regionProblems([], { runners: 1, more: ['--tag', 'region=x'] })).toEqual([])
  expect(regionProblems(two, { runners: 1, more: ['--tag', 'region=x'] }).map(({ where }) => where)).toEqual([
    '--instances',
    '--region',
  ])
})
