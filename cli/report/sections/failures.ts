import { atLeast, number, PICTURES_FOLDER, plural } from '../../base/index.ts'
import type { FailedPage, FailureCluster } from '../../record/index.ts'
import { failuresIn } from '../../verdict/index.ts'
import { followed } from '../causes.ts'
import { blameOf, oftenOf, otherFailures, thrownAt } from '../exceptions.ts'
import type { ReportData } from '../data.ts'
import type { Pictures } from '../pictures.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { factList, section, tableElement, type Fact } from './parts.ts'

/** Causes that are shown at most: the others are in run.json. */
const MAX_CAUSES = 100
const OPEN_CAUSES = 3

/** Failures by cause, most frequent first: where, what, what was expected and what came, with the rows and a trace. */
export function failuresSection({ record, pictures = {} }: ReportData): Branch | undefined {
  const { failedRequests } = record
  const failures = otherFailures(record)
  if (failures.length + failedRequests.length === 0) return undefined
  const more = failures.length - MAX_CAUSES
  const { count: all, exact } = failuresIn(failures.map((cluster) => ({ cluster })))
  return section(
    'failures',
    'Failures by cause',
    failures.length > 0 &&
      h(
        'p',
        { class: 'quiet' },
        `${exact ? '' : '≥ '}${plural(all, 'failure')} of ${plural(failures.length, 'cause')}. A count marked ≥ is the least that there were.`,
      ),
    h(
      'div',
      { class: 'causes' },
      failures.slice(0, MAX_CAUSES).map((one, index) => cause(one, index, pictures)),
    ),
    more > 0 && h('p', { class: 'quiet' }, `${number(more)} more causes are in run.json.`),
    failedRequests.length > 0 && [
      h('h3', {}, 'Failed requests, counted by k6'),
      tableElement(
        ['Request', 'Status', '#Count'],
        failedRequests.slice(0, MAX_CAUSES).map(({ name, status, count }) => [name, status, number(count)]),
        'Failed requests by name and status',
      ),
    ],
  )
}

/** What scripts threw, with the author's own lines. */
export function exceptionsSection({ record }: ReportData): Branch | undefined {
  const { exceptions = [] } = record
  if (exceptions.length === 0) return undefined
  return section(
    'exceptions',
    'Exceptions',
    tableElement(
      ['What was thrown', 'Where', '#Count', 'Why'],
      exceptions.map((one) => [
        h('code', {}, one.message),
        thrownAt(one),
        h('span', { class: 'bad' }, oftenOf(one)),
        blameOf(one),
      ]),
      'Exceptions by text and place',
    ),
  )
}

function cause(one: FailureCluster, index: number, pictures: Pictures): Branch {
  const {
    journey,
    step,
    kind,
    what,
    count,
    exact,
    origin,
    first,
    last,
    rows,
    phases,
    trace_ids: traces,
    page,
  } = one
  const place = [journey, step].filter((part) => part !== undefined).join(' › ')
  const facts: readonly Fact[] = [
    ['Expected', one.expected],
    ['Got', one.got ?? (one.status === undefined ? undefined : `status ${one.status}`)],
    ['Then', followed(one).join('; ')],
    ['Request', one.request === what ? undefined : one.request],
    ['Made by', origin === 'tunnel' ? 'the tunnel in front of the target' : undefined],
    [
      'When',
      first !== undefined &&
        `${timeOf(first)}${last === undefined || last === first ? '' : ` to ${timeOf(last)}`}`,
    ],
    ['Phases', phases.join(', ')],
    [
      'Rows',
      rows.length > 0 &&
        h(
          'span',
          { class: 'words' },
          rows.map((row) => [h('code', {}, row), ' ']),
        ),
    ],
    [
      traces.length === 1 ? 'Trace' : 'Traces',
      traces.length > 0 && traces.slice(0, 10).map((id) => [h('code', {}, id), ' ']),
    ],
    ['Page', page !== undefined && h('code', {}, page.url)],
    ['Console', page !== undefined && page.console.length > 0 && h('pre', {}, page.console.join('\n'))],
    ['Excerpt', one.excerpt !== undefined && h('pre', {}, one.excerpt)],
  ]
  return h(
    'details',
    { id: `cause-${index}`, ...(index < OPEN_CAUSES ? { open: '' } : {}) },
    h(
      'summary',
      {},
      h('b', { class: 'count' }, `${atLeast(count, exact)}×`),
      h(
        'span',
        { class: 'what' },
        place !== '' && h('span', { class: 'quiet' }, `${place} `),
        kind === 'request' ? `request ${what} failed` : what,
      ),
    ),
    one.explanation !== undefined && h('p', { class: 'explanation' }, one.explanation),
    factList(facts),
    page !== undefined && picturesOfPage(page, place, pictures),
  )
}

/** What the page looked like; of a picture that is not in the report, where its file is. */
function picturesOfPage({ pictures: names }: FailedPage, place: string, pictures: Pictures): Content {
  return names.map((name) => {
    const data = pictures[name]
    return data === undefined
      ? h('p', { class: 'quiet' }, `picture: ${PICTURES_FOLDER}/${name}`)
      : h(
          'figure',
          { class: 'picture' },
          h('img', {
            src: `data:image/png;base64,${data}`,
            alt: `the page when ${place} failed`,
            loading: 'lazy',
          }),
          h('figcaption', {}, name),
        )
  })
}

/** The time of day, UTC. */
const timeOf = (iso: string): string => iso.replace(/^.*T(\d\d:\d\d:\d\d).*$/, '$1 UTC')
