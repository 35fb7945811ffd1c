import { stringify } from 'yaml'
import { checkBody } from '../monitorCheck.ts'
import type { MonitorBundle } from '../ready.ts'
import { fileNames, type Rendering } from './files.ts'

/** Monitors as manifests for gcx: the API's check with probes by name. gcx knows neither alerts nor channels nor folders. */
export function renderGcx(all: readonly MonitorBundle[]): Rendering {
  const names = fileNames(all)
  const manifests = all.map(({ declared, shape, code }, index) => {
    const { channels, folderUid, ...spec } = checkBody(declared, shape, code, [])
    return stringify(
      {
        apiVersion: 'syntheticmonitoring.ext.grafana.app/v1alpha1',
        kind: 'Check',
        metadata: { name: names[index] },
        spec: { ...spec, probes: declared.probes },
      },
      // A script on one line: a folded one is another text to some readers.
      { lineWidth: 0 },
    )
  })
  const lost = all.flatMap(({ declared, shape }) => [
    ...(shape.alerts?.length ? [`the alerts of ${declared.job}`] : []),
    ...(shape.channel === undefined ? [] : [`the channel of ${declared.job}`]),
    ...(shape.folderUid === undefined ? [] : [`the folder of ${declared.job}`]),
  ])
  return {
    files: Object.fromEntries(manifests.map((text, index) => [`${String(names[index])}.yaml`, text])),
    text: manifests.join('---\n').trimEnd(),
    notes: [
      ...(lost.length > 0 ? [`gcx has no words for ${lost.join(', ')}`] : []),
      ...(all.length > 1 ? ['`gcx … checks create -f` takes one check a file: --outdir writes them so'] : []),
    ],
  }
}
