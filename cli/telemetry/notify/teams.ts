import type { Notice } from './notice.ts'
import { signed } from './slack.ts'

/** Text as it is: a run of a RichTextBlock, unlike a TextBlock, is no Markdown. */
const plain = (text: string, more: object = {}): object => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...more }],
})

/** The body of a Workflows webhook of Teams: an Adaptive Card. */
export function teamsBody(notice: Notice): object {
  const { verdict, text, details, figures, owners, links } = notice
  const color = verdict === 'pass' ? 'Good' : verdict === 'fail' ? 'Attention' : 'Warning'
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            plain(signed(notice), { size: 'Medium', weight: 'Bolder', color }),
            ...(text === '' ? [] : [plain(text)]),
            ...details.map((one) => plain(`• ${one}`)),
            ...figures.map(([name, value]) => ({
              type: 'RichTextBlock',
              inlines: [
                { type: 'TextRun', text: `${name}: `, isSubtle: true },
                { type: 'TextRun', text: value, weight: 'Bolder' },
              ],
            })),
            ...(owners.length > 0 ? [plain(`Owner: ${owners.join(', ')}`, { isSubtle: true })] : []),
          ],
          actions: links.map(({ title, url }) => ({ type: 'Action.OpenUrl', title, url })),
        },
      },
    ],
  }
}
