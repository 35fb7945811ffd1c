import { printable, truncate } from '../../base/index.ts'

/** What receivers are told: a sentence, its figures, and where to see more. All of it is text, whatever it holds. */
export interface Notice {
  /** What it is about: `run`, `gate`, `escalation`, or another word of a command. */
  readonly kind: string
  /** `pass`, `fail`, `inconclusive`, `invalid`, or another word of a command. */
  readonly verdict: string
  /** One line: `Fail: boutique · load · staging`. */
  readonly title: string
  /** The most important sentence. */
  readonly text: string
  /** Further sentences. */
  readonly details: readonly string[]
  /** Names with their values, such as a limit with its figure. */
  readonly figures: readonly (readonly [name: string, value: string])[]
  /** Who answers for what fell. */
  readonly owners: readonly string[]
  readonly links: readonly Link[]
  /** The run's id. */
  readonly run?: string
}

/** A link to the web. */
export interface Link {
  readonly title: string
  readonly url: string
}

const MAX_TITLE = 140
const MAX_TEXT = 600
const MAX_DETAIL = 300
const MAX_DETAILS = 8
const MAX_FIGURES = 10
const MAX_OWNERS = 10
const MAX_LINKS = 4
const MAX_URL = 1000

/** A notice of which every part is short, without control characters, and whose links are links. */
export function bounded(notice: Notice): Notice {
  const short = (text: string, most: number): string =>
    printable(truncate(text.replace(/\s+/g, ' ').trim(), most))
  const { title, text, details, figures, owners, links } = notice
  const more = details.length - MAX_DETAILS
  return {
    ...notice,
    title: short(title, MAX_TITLE),
    text: short(text, MAX_TEXT),
    details: [
      ...details.slice(0, MAX_DETAILS).map((one) => short(one, MAX_DETAIL)),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
    figures: figures
      .slice(0, MAX_FIGURES)
      .map(([name, value]) => [short(name, MAX_DETAIL), short(value, MAX_DETAIL)] as const),
    owners: owners.slice(0, MAX_OWNERS).map((one) => short(one, MAX_TITLE)),
    links: links.filter(({ url }) => url.length <= MAX_URL && LINK.test(url)).slice(0, MAX_LINKS),
  }
}

/** Nothing that ends a link in any of the receivers' languages. */
const LINK = /^https?:\/\/[\w\-.~:/?#@!$&+,;=%[\]]+$/
