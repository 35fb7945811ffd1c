import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianProgram } from './debian.ts'
import { folder, start, type Running } from './harness.ts'
import { freePort } from '../../cli/base/index.ts'

/** A real Prometheus on loopback. */
export interface Prometheus {
  port: number
  /** Where it takes writes. */
  url: string
  data: string
  /** Its configuration's file, which SIGHUP makes it read again. */
  config: string
  running: Running
  /** The points of every matching series since `hours` ago, by series and time; of a histogram its count. */
  points: (matcher: string, hours?: number) => Promise<Map<string, Map<number, number>>>
  /** What an instant query says, now or at a Unix time: values by series. */
  query: (
    query: string,
    time?: number,
  ) => Promise<{ metric: Record<string, string>; value?: [number, string] }[]>
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** It serves all tests of a file, which a busy machine makes long: only what hangs is ended. */
const FILE_SECONDS = 900

/** Starts Debian's Prometheus with a receiver of remote writes; ready when this resolves. */
export async function prometheus(
  how: { native?: boolean; port?: number; data?: string; receiver?: boolean; config?: string } = {},
): Promise<Prometheus> {
  const { native = true, port = await freePort(), data = join(folder(), 'data'), receiver = true } = how
  const { config: text = 'global: { scrape_interval: 15s }\n' } = how
  const config = join(folder(), 'prometheus.yml')
  mkdirSync(data, { recursive: true })
  writeFileSync(config, text)
  const base = `http://127.0.0.1:${port}`
  const running = start(
    debianProgram('prometheus'),
    [
      ...[`--config.file=${config}`, `--storage.tsdb.path=${data}`, `--web.listen-address=127.0.0.1:${port}`],
      ...(receiver ? ['--web.enable-remote-write-receiver'] : []),
      ...(native ? ['--enable-feature=native-histograms'] : []),
    ],
    { limit: FILE_SECONDS },
  )
  await running.said(/Server is ready to receive web requests/)
  const result = async (query: string, time?: number): Promise<Series[]> => {
    const asked = new URLSearchParams({ query, ...(time === undefined ? {} : { time: String(time) }) })
    const response = await fetch(`${base}/api/v1/query?${asked.toString()}`)
    const { data, error } = (await response.json()) as { data?: { result: Series[] }; error?: string }
    if (!data) throw new Error(`${query}: ${error ?? ''}`)
    return data.result
  }
  return {
    port,
    url: `${base}/api/v1/write`,
    data,
    config,
    running,
    async points(matcher, hours = 1) {
      const all = await result(`${matcher}[${hours}h]`)
      return new Map(
        all.map(({ metric, values = [], histograms = [] }) => [
          keyOf(metric),
          new Map([
            ...values.map(([at, value]) => [Math.round(at * 1000), Number(value)] as const),
            ...histograms.map(([at, { count }]) => [Math.round(at * 1000), Number(count)] as const),
          ]),
        ]),
      )
    },
    query: result,
    async stop(signal = 'SIGTERM') {
      running.signal(signal)
      await running.ended
    },
  }
}

interface Series {
  metric: Record<string, string>
  value?: [number, string]
  values?: [number, string][]
  histograms?: [number, { count: string }][]
}

/** A series' name in tests: its metric and its labels, sorted. */
export function keyOf({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  return `${name}${JSON.stringify(Object.entries(labels).sort())}`
}
