/** A mistake: in which file, at which panel, rule or variable, and what it is. */
export interface Finding {
  readonly file: string
  readonly where: string
  readonly problem: string
}

/** Tells a problem at a place. */
export type Tell = (where: string, problem: string) => void

/** Where things of other files are: what links, alerts and queries may name. */
export interface Places {
  /** Panels of each dashboard, by its uid. */
  readonly panels: ReadonlyMap<string, ReadonlySet<number>>
  /** Anchors of docs/alerts.md; undefined where the page is not looked at. */
  readonly anchors: ReadonlySet<string> | undefined
}

/** All texts in a value, with the path to each. */
export function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, path === '' ? key : `${path}.${key}`))
}

/** What is wrong with links to dashboards and panels in a text. */
export function linkProblems(text: string, { panels }: Places): string[] {
  return [...text.matchAll(/(?:\/|\}\}\/?)d(?:-solo)?\/([\w-]+)([^"\s]*)/g)].flatMap(
    ([, uid = '', rest = '']) => {
      const known = panels.get(uid)
      if (!known) return [`leads to the dashboard ${uid}, which there is not`]
      const panel = /[?&](?:viewPanel|panelId)=(?:panel-)?(\d+)/.exec(rest)?.[1]
      return panel !== undefined && !known.has(Number(panel))
        ? [`leads to the panel ${panel} of ${uid}, which there is not`]
        : []
    },
  )
}

/** The anchors of a Markdown page, as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+\s+(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  )
  const given = [...markdown.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)
  return new Set([...headings, ...given])
}
