import { settingText } from '../../config/settings/settingText.ts'
import {
  estimate,
  estimateText,
  inSegment,
  segmentOf,
  segmentText,
  shellText,
  type Plan,
} from '../project/index.ts'
import type { SuiteOptions } from '../record/index.ts'

/** A run that is not made: the settings as resolved, the scenarios and thresholds, the browser if there is one, and the exact k6 command. */
export function dryRun(
  { manifest, settings, embedded, script }: Plan,
  args: readonly string[],
  { asked, browser }: { asked?: SuiteOptions | undefined; browser?: string | undefined } = {},
): string {
  const options = asked ?? manifest.options
  const unknown = script !== undefined && asked === undefined
  const values = Object.entries(settings).map(([name, value]) => {
    const note = name === 'BASE_URL' && embedded ? ' (the embedded shop; a run takes a free port)' : ''
    return `  ${name.padEnd(16)} ${settingText(name, value)}${note}`
  })
  const segment = segmentOf(args, manifest.options)
  return [
    script === undefined
      ? `Suite ${manifest.suite}, from ${manifest.source}`
      : `Script ${script}, with its own load and thresholds`,
    '',
    'Settings',
    ...values,
    '',
    'Scenarios',
    unknown
      ? 'not known: k6 was not there, or could not read the script'
      : JSON.stringify(options.scenarios, undefined, 2),
    '',
    'Thresholds',
    unknown ? 'not known' : JSON.stringify(options.thresholds, undefined, 2),
    '',
    ...(script === undefined
      ? [`${estimateText(inSegment(estimate(manifest), segment), settings.SCALE)}${segmentText(segment)}`, '']
      : []),
    ...(browser === undefined ? [] : [browser, '']),
    shellText(['k6', ...args]),
  ].join('\n')
}
