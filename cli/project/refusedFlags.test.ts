import { expect, test } from 'vitest'
import { ENVIRONMENTS } from '../../config/environments.ts'
import { sentence } from '../../config/problem/problem.ts'
import { furtherProblems } from './refusedFlags.ts'

const problems = (...more: string[]) => furtherProblems(more, 'dev', ENVIRONMENTS.dev).map(sentence)

test.each([
  ['-u', '2001'],
  ['-u2001'],
  ['-qu=2001'],
  ['--vus=2001'],
  ['-s', '1s:5,1s:2001'],
  ['--stage=1s:2001'],
])('%s %s asks for too many VUs', (...more) => {
  expect(problems(...more)).toEqual([
    expect.stringMatching(
      /^--(vus|stage) after --: got 2001 VUs; allowed: at most 2000 VUs, the cap of dev$/,
    ),
  ])
})

test.each([['-d', '61m'], ['-d61m'], ['--duration=1h1m'], ['-s', '30m:1,1m:2', '--stage', '30m:0']])(
  '%s %s %s %s lasts too long',
  (...more) => {
    expect(problems(...more)).toEqual([
      expect.stringMatching(/^--(duration|stage) after --: got 1h1m; allowed: at most 1h, the cap of dev$/),
    ])
  },
)

test('what cannot be read might be any size', () => {
  expect(problems('-u', '0xffff', '-i', '1_0', '-d', 'long', '-s', '5', '-u').join('\n'))
    .toMatchInlineSnapshot(`
    "--vus after --: got "0xffff"; allowed: a whole number
    --vus after --: got ""; allowed: a whole number
    --iterations after --: got "1_0"; allowed: a whole number
    --duration after --: got "long"; allowed: durations such as 30s or 1m30s
    --stage after --: got ""; allowed: a whole number"
  `)
})

test('within the caps everything goes, and so do the script’s own variables', () => {
  const more = [
    '-u2000',
    '-d',
    '1h',
    '-i',
    '1000000',
    '-s',
    '10s:3',
    '-e',
    'REGION=eu',
    '--quiet',
    '--out=json=x',
  ]
  expect(problems(...more)).toEqual([])
})

test('what loadwright itself decides is refused, with what to write instead', () => {
  const more = [
    '-e',
    'BASE_URL=http://x',
    '--env=SUMMARY=text',
    '--summary-export',
    'a',
    '--console-output=b',
  ]
  const switches = [
    '--no-thresholds',
    '--summary-trend-stats=avg',
    '--system-tags',
    'url',
    '--log-format=json',
  ]
  expect(problems(...more, ...switches).join('\n')).toMatchInlineSnapshot(`
    "after --: got --env BASE_URL; allowed: variables of the script’s own. Write --base-url before the --.
    after --: got --env SUMMARY; allowed: variables of the script’s own. Remove it.
    after --: got --summary-export; allowed: flags that loadwright does not give itself. Use --results to set the folder of runs; each run’s folder has k6-summary.json.
    after --: got --console-output; allowed: flags that loadwright does not give itself. Use --results to set the folder of runs; each run’s folder has k6.log, with the console output.
    after --: got --no-thresholds; allowed: flags that loadwright does not give itself. Remove it: without thresholds nothing is judged.
    after --: got --summary-trend-stats; allowed: flags that loadwright does not give itself. Remove it, or give summaryTrendStats in the suite’s options: they are added.
    after --: got --system-tags; allowed: flags that loadwright does not give itself. Remove it, or give systemTags in the suite’s options.
    after --: got --log-format; allowed: flags that loadwright does not give itself. Remove it: failures are read from the log."
  `)
})

test('an environment that is unknown has no caps', () => {
  expect(furtherProblems(['-u', '99999', '--no-summary'], 'nowhere', undefined)).toHaveLength(1)
})
