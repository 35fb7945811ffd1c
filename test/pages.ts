import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { packageRoot } from '../cli/base/package.ts'

/** The text of a file of the project. */
export const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')

/** The pages that a person has written, from the project's folder. */
export const written = globSync(
  ['*.md', 'docs/*.md', '!docs/settings.md', '!docs/metrics.md', '!docs/reasons.md'],
  { cwd: packageRoot },
).toSorted()

/** All pages, those that are generated too. */
export const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: packageRoot }).toSorted()

/** A block of code: its language, the file that it is, if it says so, and what it holds. */
export interface Block {
  language: string
  file: string | undefined
  code: string
}

/** The blocks of a page. A file's path is in the first line (`// suites/a.ts`), or in a comment before the block. */
export function blocksOf(page: string): Block[] {
  const blocks = read(page).matchAll(/(?:<!-- file: (\S+) -->\n\n)?^```(\w*)\n(.*?)^```$/gms)
  return Array.from(blocks, ([, before, language = '', text = '']) => {
    const [, first, code] = /^\/\/ (\S+\.\w+)\n(.*)$/s.exec(text) ?? []
    return { language, file: before ?? first, code: code ?? text }
  })
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>()
  return Array.from(withoutCode(read(page)).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
}

/** The links and pictures of a page. */
export function linksOf(page: string): string[] {
  return Array.from(withoutCode(read(page)).matchAll(/\]\(([^()\s]+)\)|\bsrc="([^"]+)"/g), ([, link, src]) =>
    String(link ?? src),
  )
}

const withoutCode = (text: string): string =>
  text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''))
