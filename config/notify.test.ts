import { expect, test } from 'vitest'
import { notifyProblems, parseNotify } from './notify.ts'
import { sentence } from './problem/problem.ts'

test.each([
  ['SLACK_WEBHOOK_URL', { variable: 'SLACK_WEBHOOK_URL' }],
  ['teams:TEAMS_URL', { kind: 'teams', variable: 'TEAMS_URL' }],
  [' https://hooks.slack.com/services/a ', { url: 'https://hooks.slack.com/services/a' }],
  ['json:http://127.0.0.1:9/hook', { kind: 'json', url: 'http://127.0.0.1:9/hook' }],
  ['slack:', undefined],
  ['slak:https://a.example', undefined],
  ['ftp://a.example', undefined],
  ['no name', undefined],
  ['https:///x', undefined],
])('%j is read as %j', (text, read) => {
  expect(parseNotify(text)).toEqual(read)
})

const problems = (notify: unknown): string[] => notifyProblems(notify, 'notify').map(sentence)

test('a config that uses everything is well', () => {
  const escalate = { after: 3, of: 5, to: 'LEADS_URL', owners: { 'team-orders': 'teams:ORDERS_URL' } }
  expect(problems({ to: ['A_URL', 'json:http://127.0.0.1:1/x'], when: 'always', escalate })).toEqual([])
  expect(problems({})).toEqual([])
})

test('every problem is told with what is allowed, and no secret with it', () => {
  const broken = {
    to: [
      'slak:URL',
      'https://hooks.slack.com/services/T0/B0/s3cr3t',
      5,
      'https://me:s3cr3t@alerts.example/x',
    ],
    when: 'never',
    escalte: 1,
    escalate: { after: 3, of: 2, afer: 1, owners: { 'team-orders': 'slack://s3cr3t' } },
  }
  const told = problems(broken)
  expect(told.join('\n')).not.toContain('s3cr3t')
  expect(told).toMatchInlineSnapshot(`
    [
      "notify.when: got "never"; allowed: problems, always",
      "notify: got "escalte"; allowed: to, when, escalate. Did you mean "escalate"?",
      "notify.to[0]: got "slak:URL"; allowed: a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL. Did you mean "slack:"?",
      "notify.to[1]: got a webhook of hooks.slack.com, whose URL is a secret; allowed: a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL. Put it into an environment variable, and write its name.",
      "notify.to[2]: got "5"; allowed: a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL",
      "notify.to[3]: got a webhook of alerts.example, whose URL is a secret; allowed: a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL. Put it into an environment variable, and write its name.",
      "notify.escalate: got "afer"; allowed: after, of, to, owners. Did you mean "after"?",
      "notify.escalate.of: got 2; allowed: at least 3, which after is",
      "notify.escalate.owners["team-orders"]: got a URL that is none of http or https; allowed: a URL, or the name of an environment variable with one, such as SLACK_WEBHOOK_URL or teams:TEAMS_URL. Did you mean "slack:"?",
    ]
  `)
  expect(problems({ escalate: { after: 0 } })).toMatchInlineSnapshot(`
    [
      "notify.escalate.after: got "0"; allowed: a whole number above 0",
      "notify.escalate: got nobody to tell; allowed: to, or owners",
    ]
  `)
  expect(problems('SLACK_URL')).toMatchInlineSnapshot(`
    [
      "notify: got "SLACK_URL"; allowed: an object such as { to: 'SLACK_WEBHOOK_URL' }",
    ]
  `)
})
