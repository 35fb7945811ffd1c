import { truncate } from '../../base/index.ts'
import type { Notice } from './notice.ts'

/** Signs before titles. */
const SIGNS: Readonly<Record<string, string>> = { pass: '✅', fail: '❌', inconclusive: '❔', invalid: '⚠️' }

/** A title with the sign of its verdict. */
export const signed = ({ verdict, title }: Notice): string => `${SIGNS[verdict] ?? '🔔'} ${title}`

/** Slack reads these three as entities, links and mentions; nothing else can become one. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Characters of a header, and of another text, that Slack takes. */
const MAX_HEADER = 150
const MAX_TEXT = 2000

/** Text as it is, which is none of Slack's language; cut where it is too long once it is escaped. */
function plain(raw: string, most = MAX_TEXT): object {
  let kept = raw
  while (escaped(kept).length > most) kept = truncate(kept, Math.floor(kept.length * 0.9))
  return { type: 'plain_text', text: escaped(kept), emoji: false }
}

/** The body of a Slack-compatible incoming webhook: blocks, and a line for notifications and other systems. */
export function slackBody(notice: Notice): object {
  const { text, details, figures, owners, links } = notice
  const words = [text, ...details.map((one) => `• ${one}`)].filter((one) => one !== '')
  return {
    text: escaped(`${signed(notice)}: ${text}`),
    // Nobody else's page is fetched and shown below it.
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(signed(notice), MAX_HEADER) },
      ...(words.length > 0 ? [{ type: 'section', text: plain(words.join('\n')) }] : []),
      ...(figures.length > 0
        ? [{ type: 'section', fields: figures.map(([name, value]) => plain(`${name}\n${value}`)) }]
        : []),
      ...(owners.length > 0 ? [{ type: 'context', elements: [plain(`Owner: ${owners.join(', ')}`)] }] : []),
      ...(links.length > 0
        ? [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: links.map(({ title, url }) => `<${escaped(url)}|${escaped(title)}>`).join(' · '),
                verbatim: true,
              },
            },
          ]
        : []),
    ],
  }
}
