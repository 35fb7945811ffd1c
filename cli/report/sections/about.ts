import { settingText } from '../../../config/settings/settingText.ts'
import type { ReportData } from '../data.ts'
import { instanceText } from '../instances.ts'
import { h, linkElement, type Branch } from '../tree.ts'
import { factList, section, type Fact } from './parts.ts'

/** Where the run came from and what it was told. */
export function aboutSection({ record }: ReportData): Branch {
  const settings = Object.entries(record.settings).map(([name, value]): Fact => [
    name,
    settingText(name, value),
  ])
  return section(
    'about',
    'About this run',
    h('div', { class: 'columns' }, list('Origin', originOf(record)), list('Settings', settings)),
    h('h3', {}, 'k6’s command'),
    h(
      'pre',
      { class: 'command', tabindex: '0', role: 'region', 'aria-label': 'k6’s command' },
      record.instances.map(({ k6 }) => ['k6', ...k6.command].join(' ')).join('\n'),
    ),
  )
}

function originOf(record: ReportData['record']): readonly Fact[] {
  const { metadata, cloud, instances, bundle, faults, script } = record
  const commit = metadata?.commit
  return [
    ['Run', record.id],
    ['Started', record.startedAt],
    ['Ended', record.endedAt],
    ['By', metadata?.user],
    ['On', metadata?.host],
    [
      'Commit',
      commit !== undefined && h('code', {}, commit, metadata?.dirty === true ? ' + uncommitted changes' : ''),
    ],
    ['Branch', metadata?.branch],
    ['Version tested', metadata?.version],
    ['CI', metadata?.ci !== undefined && linkElement(metadata.ci, metadata.ci)],
    ['In the cloud', cloud?.link !== undefined && linkElement(cloud.link, cloud.link)],
    ['Cloud test', cloud?.name],
    ['Faults of the shop', faults.length > 0 && faults.join(', ')],
    ['Script', script],
    [
      'Bundle',
      [bundle.file, bundle.sha256 !== '' && [' ', h('code', {}, `sha256 ${bundle.sha256.slice(0, 12)}`)]],
    ],
    ...instances.map((one): Fact => [
      one.id === undefined ? 'k6' : `k6, instance ${one.id}`,
      instanceText(one),
    ]),
    ['loadwright', metadata?.loadwright],
    ['Exit code', `${record.exitCode}`],
  ]
}

const list = (title: string, rows: readonly Fact[]): Branch =>
  h('div', {}, h('h3', {}, title), factList(rows))
