import { drawingOf, type Drawing } from '../charts.ts'
import type { ReportData } from '../data.ts'
import { reportParts } from '../sections/index.ts'
import { toHtml, type Branch } from '../tree.ts'
import { each, one, toDom } from './dom.ts'

const known = new Map<string, string>()

/** Follows a run: each message is a complete ReportData; only changed parts are rebuilt. */
export function followLive(draw: (drawing: Drawing | null) => void): void {
  const source = new EventSource('events')
  const status = toDom({
    tag: 'p',
    attributes: { class: 'live', role: 'status' },
    children: [],
  }) as HTMLElement
  document.body.prepend(status)
  status.textContent = 'Connecting …'
  source.addEventListener('open', () => (status.textContent = 'Live'))
  source.addEventListener('error', () => (status.textContent = 'The connection was lost: trying again …'))
  source.addEventListener('end', () => {
    status.textContent = 'The run has ended'
    source.close()
  })
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const report = JSON.parse(data) as ReportData
    show(reportParts(report))
    draw(drawingOf(report) ?? null)
    if (report.record.state === 'running') return
    status.textContent = 'The run has ended'
    document.title = document.title.replace(/^[^·]*/, `${report.record.verdict.toUpperCase()} `)
    source.close()
  })
}

function show(parts: readonly Branch[]): void {
  const main = one('#report')
  if (!main) return
  for (const [index, part] of parts.entries()) {
    const id = part.attributes.id ?? ''
    const old = document.getElementById(id)
    const text = toHtml(withoutWords(part))
    const same = known.get(id) === text
    const drawn = ['charts', 'heatmaps'].includes(id)
    if (old && same && !drawn) continue
    known.set(id, text)
    const made = toDom(part) as HTMLElement
    if (old && same) {
      refresh(old, made)
      continue
    }
    if (old) {
      keep(old, made)
      old.replaceWith(made)
    } else main.insertBefore(made, main.children[index] ?? null)
  }
  const ids = parts.map(({ attributes }) => attributes.id)
  for (const child of [...main.children]) if (!ids.includes(child.id)) child.remove()
}

/** New words around charts that stay. */
function refresh(old: HTMLElement, made: HTMLElement): void {
  const words = '.hint, .scroll'
  const next = each(words, made)
  for (const [index, one] of each(words, old).entries()) one.replaceWith(next[index] ?? '')
  const labels = each('.plot', made)
  for (const [index, one] of each('.plot', old).entries())
    one.setAttribute('aria-label', labels[index]?.getAttribute('aria-label') ?? '')
}

/** A part of charts is the same as long as its places are: their data and words change with each message. */
function withoutWords(part: Branch): Branch {
  if (part.attributes.id !== 'charts' && part.attributes.id !== 'heatmaps') return part
  const places = (tree: Branch): Branch[] => [
    ...(tree.attributes.class === 'plot' || tree.tag === 'canvas'
      ? [{ ...tree, attributes: {}, children: [] }]
      : []),
    ...('data-chart' in tree.attributes || 'data-heat' in tree.attributes ? [{ ...tree, children: [] }] : []),
    ...tree.children.flatMap((child) => (typeof child === 'string' ? [] : places(child))),
  ]
  return { ...part, children: places(part) }
}

/** What a reader has unfolded stays so, and the focus stays where it was. */
function keep(old: HTMLElement, made: HTMLElement): void {
  for (const folded of each('details[id]', old)) {
    const same = one(`#${CSS.escape(folded.id)}`, made)
    same?.toggleAttribute('open', folded.hasAttribute('open'))
  }
  const focused = document.activeElement?.closest('details')?.id
  if (focused !== undefined && focused !== '' && old.contains(document.activeElement))
    requestAnimationFrame(() => one(`#${CSS.escape(focused)} summary`)?.focus())
}
