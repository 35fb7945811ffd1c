import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { deliver } from './deliver.ts'
import { bounded, type Notice } from './notice.ts'
import { isProblem, receiverOf, type Receiver } from './receiver.ts'
import { slackBody } from './slack.ts'
import { teamsBody } from './teams.ts'

const NOTICE: Notice = {
  kind: 'run',
  verdict: 'fail',
  title: 'Fail: boutique · load · staging',
  text: 'p(95)<500 was crossed (612) [team-orders]',
  details: ['<!channel> & [click](https://evil.example) *now*\n\u001b[2J'],
  figures: [['p(95) of place order', '612 ms, limit < 500 ms']],
  owners: ['team-orders'],
  links: [
    { title: 'Grafana', url: 'https://grafana.example/d/a?var-testid=b&from=1' },
    { title: 'CI', url: 'javascript:alert(1)' },
    { title: 'CI', url: 'https://ci.example/a|b>' },
  ],
  run: 'boutique-1',
}

type Answer = readonly [status: number, headers?: Record<string, string>, text?: string]

/** A receiver that answers with one after the other, the last again and again; none at all to silence. */
async function receiver(kind: Receiver['kind'], ...answers: readonly Answer[]) {
  const bodies: unknown[] = []
  const server = createServer((asked: IncomingMessage, answer) => {
    void asked.toArray().then((parts: Buffer[]) => {
      bodies.push(JSON.parse(Buffer.concat(parts).toString()))
      const [status, headers = {}, text = 'ok'] = answers[Math.min(bodies.length, answers.length) - 1] ?? [0]
      if (status > 0) answer.writeHead(status, headers).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/s3cr3t`
  return { bodies, to: { kind, url, name: `${kind} (URL)` } }
}

const FAST = { firstMs: 1, mostMs: 5, timeoutMs: 1000 }

test('a notice is short, on lines of its own, and has links alone that are links', () => {
  const long = { ...NOTICE, title: 'x'.repeat(500), details: Array.from({ length: 30 }, () => 'y\u202ez') }
  const { title, details, links } = bounded(long)
  expect([title.length, details.length, details.at(-1), details[0], links.length]).toEqual([
    140,
    9,
    'and 22 more',
    'y�z',
    1,
  ])
})

test('Slack gets blocks, in which nothing of a target is markup', () => {
  expect(slackBody(bounded(NOTICE))).toMatchInlineSnapshot(`
    {
      "blocks": [
        {
          "text": {
            "emoji": false,
            "text": "❌ Fail: boutique · load · staging",
            "type": "plain_text",
          },
          "type": "header",
        },
        {
          "text": {
            "emoji": false,
            "text": "p(95)&lt;500 was crossed (612) [team-orders]
    • &lt;!channel&gt; &amp; [click](https://evil.example) *now* �[2J",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "fields": [
            {
              "emoji": false,
              "text": "p(95) of place order
    612 ms, limit &lt; 500 ms",
              "type": "plain_text",
            },
          ],
          "type": "section",
        },
        {
          "elements": [
            {
              "emoji": false,
              "text": "Owner: team-orders",
              "type": "plain_text",
            },
          ],
          "type": "context",
        },
        {
          "text": {
            "text": "<https://grafana.example/d/a?var-testid=b&amp;from=1|Grafana>",
            "type": "mrkdwn",
            "verbatim": true,
          },
          "type": "section",
        },
      ],
      "text": "❌ Fail: boutique · load · staging: p(95)&lt;500 was crossed (612) [team-orders]",
      "unfurl_links": false,
      "unfurl_media": false,
    }
  `)
  const { blocks } = slackBody(bounded({ ...NOTICE, title: '<'.repeat(140) })) as {
    blocks: { text: { text: string } }[]
  }
  expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(150)
})

test('Teams gets an Adaptive Card, in which nothing of a target is Markdown', () => {
  const card = JSON.stringify(teamsBody(bounded(NOTICE)))
  // A TextBlock and a FactSet would read it.
  expect(new Set(card.match(/"type":"[\w.]+"/g))).toEqual(
    new Set(
      ['message', 'AdaptiveCard', 'RichTextBlock', 'TextRun', 'Action.OpenUrl'].map(
        (one) => `"type":"${one}"`,
      ),
    ),
  )
  expect(card).toContain('"text":"• <!channel> & [click](https://evil.example) *now* �[2J"')
  expect(card).toContain(
    '"actions":[{"type":"Action.OpenUrl","title":"Grafana","url":"https://grafana.example/',
  )
})

test.each(['slack', 'teams', 'json'] as const)(
  '%s is told, after it was down or busy for a while',
  async (kind) => {
    const { bodies, to } = await receiver(kind, [500], [429, { 'retry-after': '3600' }], [202, {}, ''])
    expect(await deliver(NOTICE, to, FAST)).toEqual({ to: `${kind} (URL)` })
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    if (kind === 'json')
      expect(bodies[0]).toMatchObject({ loadwright: 'notice', schema: 1, verdict: 'fail', run: 'boutique-1' })
  },
)

test.each<[string, readonly Answer[], number, RegExp]>([
  ['refuses', [[404, {}, 'no_service at /services/s3cr3t']], 1, /^it answers 404 \(no_service at …\)$/],
  ['is down', [[503]], 4, /^it answers 503/],
  ['leads elsewhere', [[302, { location: 'https://a.example' }]], 1, /^it leads elsewhere \(302\)/],
])('one that %s is said to have got nothing, without its secret', async (_, answers, calls, why) => {
  const { bodies, to } = await receiver('slack', ...answers)
  const delivery = await deliver(NOTICE, to, FAST)
  expect(delivery.why).toMatch(why)
  expect(bodies).toHaveLength(calls)
})

test('one that never answers is not told twice, and waited for no longer than there is time', async () => {
  const { bodies, to } = await receiver('slack')
  const silent = await deliver(NOTICE, to, { ...FAST, timeoutMs: 300 })
  expect(silent.why).toBe('it does not answer within 0.3 s, and may have got it')
  expect(bodies).toHaveLength(1)
  const busy = await receiver('slack', [503])
  const late = await deliver(NOTICE, busy.to, { tries: 100, firstMs: 60_000, mostMs: 60_000, budgetMs: 100 })
  expect(late.why).toMatch(/^(it answers 503|there was no more time)/)
  const nobody = { kind: 'json', url: 'http://127.0.0.1:1/s3cr3t', name: 'x' } as const
  expect(await deliver(NOTICE, nobody, FAST)).toEqual({ to: 'x', why: 'it does not answer (ECONNREFUSED)' })
})

const env = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/s3cr3t',
  OTHER_URL: 'slack:https://chat.example.com/hooks/s3cr3t',
  BROKEN_URL: 's3cr3t',
  PLAIN_URL: 'http://alerts.example.com/s3cr3t',
}
const read = (text: string) => receiverOf(text, { env, where: '--notify' })

test.each([
  ['SLACK_WEBHOOK_URL', 'slack', 'Slack (SLACK_WEBHOOK_URL)'],
  ['OTHER_URL', 'slack', 'Slack (OTHER_URL)'],
  ['json:OTHER_URL', 'json', 'the webhook (OTHER_URL)'],
  ['https://acme.webhook.office.com/x?sig=s3cr3t', 'teams', 'Teams at acme.webhook.office.com'],
  ['https://prod-1.westus.logic.azure.com/x', 'teams', 'Teams at prod-1.westus.logic.azure.com'],
  ['http://alerts.internal:9000/x', 'json', 'the webhook at alerts.internal:9000'],
  ['teams:http://127.0.0.1:1/x', 'teams', 'Teams at 127.0.0.1:1'],
])('%s is %s, called %s', (text, kind, name) => {
  expect(read(text)).toMatchObject({ kind, name })
})

test.each([
  ['NO_URL', 'NO_URL, which is not set'],
  ['BROKEN_URL', 'what is no http or https URL'],
  ['PLAIN_URL', 'http to alerts.example.com, where everybody on the way could read it'],
  ['not a name', '"not a name"'],
  ['ftp://me:s3cr3t@a.example', 'a URL that cannot be read'],
])('%s is none, and no secret is repeated', (text, got) => {
  const problem = read(text)
  expect(isProblem(problem) && problem.got).toBe(got)
  expect(JSON.stringify(problem)).not.toContain('s3cr3t')
})
