import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startInstance } from './startInstance.ts'

/** A program in k6's place that notes its port, and finds it taken so many times. */
function taken(times: number) {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-port-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [path, notes] = [join(folder, 'k6'), join(folder, 'ports')]
  writeFileSync(path, `#!/bin/sh\necho $1 >> ${notes}\n[ $(wc -l < ${notes}) -gt ${times} ] || exit 106\n`)
  chmodSync(path, 0o755)
  const started = startInstance(
    { path, version: 'v2.2.0', source: 'PATH', notes: [] },
    {
      part: { id: '1', segment: '0:1/2', sequence: '0,1/2,1', port: 1 },
      args: (port) => [String(port)],
      files: [],
    },
    process.env,
    { onChild: () => undefined, isStopping: () => false },
  )
  return { started, ports: () => readFileSync(notes, 'utf8').trim().split('\n').map(Number) }
}

test('a k6 whose port was taken is started again with another, three times at most', async () => {
  const [once, always] = [taken(1), taken(9)]
  expect((await once.started.end).code).toBe(0)
  expect(once.ports()).toEqual([1, once.started.port])
  expect((await always.started.end).code).toBe(106)
  expect(new Set(always.ports()).size).toBe(3)
})
