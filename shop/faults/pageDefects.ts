import { didYouMean } from '../suggest.ts'

const script = (code: string): string => `<script>${code}</script>\n</body>`

/** A picture that is large enough to count: browsers pass over those with next to no bytes. */
const PICTURE = `'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 500">' +
  Array.from({ length: 400 }, (_, at) => '<rect x="' + (at % 25) * 36 + '" y="' + Math.floor(at / 25) * 32 +
  '" width="30" height="26" fill="hsl(' + at + ' 60% 60%)"/>').join('') + '</svg>')`

/** What a page is made of that has a defect, by the defect's name. */
const DEFECTS = {
  'script-error': (html: string) =>
    html.replace('</body>', script("throw new Error('the cart is not defined')")),
  alert: (html: string) => html.replace('</body>', script("alert('Session expired')")),
  'missing-button': (html: string) =>
    html.replace(/<button type="submit" class="primary">[^<]*<\/button>/g, ''),
  'moving-button': (html: string) =>
    html.replace(
      '</head>',
      '<style>@keyframes away { to { transform: translateX(60vw) } } .primary { animation: away 1s linear infinite alternate }</style>\n</head>',
    ),
  'layout-shift': (html: string) =>
    html.replace(
      '</body>',
      script(
        "setTimeout(() => document.querySelector('main').insertAdjacentHTML('beforebegin', '<div style=\"height: 60vh\">Sale!</div>'), 600)",
      ),
    ),
  'late-picture': (html: string) =>
    html.replace(
      '</body>',
      script(
        `setTimeout(() => { const picture = new Image(900, 500); picture.src = ${PICTURE}; document.querySelector('main').prepend(picture) }, 3000)`,
      ),
    ),
} as const

/** A defect of a page that only a browser shows. */
export type PageDefect = keyof typeof DEFECTS

/** The names of all of them. */
export const PAGE_DEFECTS = Object.keys(DEFECTS) as PageDefect[]

/** A page with a defect; what is no page stays as it is. */
export const withDefect = (html: string, defect: PageDefect): string => DEFECTS[defect](html)

/** Reads a defect's name; throws an Error that lists them where it is none. */
export function pageDefect(text: string): PageDefect {
  const found = PAGE_DEFECTS.find((name) => name === text)
  if (found) return found
  throw new Error(
    `the defect "${text}" is not one of ${PAGE_DEFECTS.join(', ')}.${didYouMean(text, PAGE_DEFECTS)}`,
  )
}
