import { expect, test, vi } from 'vitest'
import type { Running } from './execute.ts'
import { guardMemory, memoryOf, type MachineMemory } from './memory.ts'

const files =
  (more: Record<string, string> = {}) =>
  (path: string) =>
    ({
      '/proc/meminfo': 'MemTotal:       1000 kB\nMemFree:   1 kB\nMemAvailable:    500 kB\n',
      '/proc/7/status': 'Name:\tk6\nVmRSS:\t     300 kB\n',
      ...more,
    })[path] ?? ''

test('what is left is the machine’s, or the container’s without its caches', () => {
  const [machine, k6] = [{ total: 1000 * 1024, left: 500 * 1024 }, 300 * 1024]
  expect(memoryOf([7], files())).toEqual({ ...machine, k6 })
  const limited = { '/sys/fs/cgroup/memory.max': '600000', '/sys/fs/cgroup/memory.current': '500000' }
  expect(
    memoryOf([7], files({ ...limited, '/sys/fs/cgroup/memory.stat': 'anon 1\ninactive_file 40000\n' })),
  ).toEqual({
    total: 600_000,
    left: 140_000,
    k6,
  })
  const v1 = '/sys/fs/cgroup/memory/memory'
  expect(
    memoryOf([7], files({ [`${v1}.limit_in_bytes`]: '600000', [`${v1}.usage_in_bytes`]: '590000' })),
  ).toEqual({
    total: 600_000,
    left: 10_000,
    k6,
  })
  expect(
    memoryOf([7], files({ '/sys/fs/cgroup/memory.max': 'max\n', '/sys/fs/cgroup/memory.current': '1' })),
  ).toEqual({
    ...machine,
    k6,
  })
  expect(memoryOf([8], files())).toBeUndefined()
  expect(memoryOf([7], () => '')).toBeUndefined()
})

function watched(...looks: MachineMemory[]) {
  vi.useFakeTimers()
  const running = { pids: [7], stop: vi.fn(), kill: vi.fn() } satisfies Running
  const guard = guardMemory(running, () => looks.shift())
  vi.advanceTimersByTime(5000)
  guard.stop()
  vi.useRealTimers()
  return running
}

test('k6 is asked to end where it holds much and little is left, and made to where next to nothing is', () => {
  const total = 100 * 2 ** 20
  const low = watched({ total, left: total / 2, k6: total / 2 }, { total, left: total / 20, k6: total / 2 })
  expect(low.stop.mock.calls).toEqual([
    [expect.stringMatching(/^k6 held 50 MiB of 100 MiB of memory, and 5 MiB were left/)],
  ])
  expect(low.kill).not.toHaveBeenCalled()
  expect(watched({ total, left: total / 100, k6: total / 2 }).kill).toHaveBeenCalledOnce()
  expect(watched({ total, left: total / 100, k6: total / 10 }).stop).not.toHaveBeenCalled()
})
