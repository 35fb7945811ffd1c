import { defined, LOG_FILE, QUEUE_FOLDER } from '../base/index.ts'
import { join } from 'node:path'
import { removeSpanLines } from '../k6/index.ts'
import {
  openRecorder,
  plannedPhases,
  versionsOf,
  type AnnotationOutcome,
  type Change,
  type ForwardOutcome,
  type Recorder,
  type RecorderOptions,
  type RunRecord,
  type TracesResult,
} from '../record/index.ts'
import type { ReportData } from '../report/index.ts'
import {
  followRun,
  resourceOf,
  startForwarder,
  startTraces,
  type Collector,
  type Following,
  type Forwarder,
  type Grafana,
  type ForwardReady,
  type Traces,
} from '../telemetry/index.ts'
import type { Live } from './live/index.ts'
import { followOnPage } from './livePage.ts'
import { duringRun, endOfRun } from './runInfoSeries.ts'
import { windowSecondsOf } from './windowSeconds.ts'

/** What listens to k6 while it runs, beside its own console and summary. */
export interface Listening {
  /** `off`: nothing is recorded, and there are only k6's own figures. */
  record: 'on' | 'off'
  /** Where the recorded series go as well. */
  forward?: ForwardReady
  /** Where spans go. */
  traces?: Collector
  /** A page that follows the run. */
  live?: boolean
  /** Where markers of the run go. */
  annotate?: Grafana
}

/** Something that listens, to be closed in two steps: a verdict does not wait for other people's servers. */
export interface Listeners {
  /** Absent where nothing is recorded. */
  recorder?: Recorder
  /** Stops what makes the record, once k6 has ended. */
  stop(): Promise<void>
  /** Tells all of them what the run came to. */
  tell(data: ReportData): void
  /** Sends on what is left, for a bounded time or until it is told to stop, and ends. */
  finish(stopped: AbortSignal): Promise<SentTelemetry>
}

/** What became of what was sent to other servers, as the record has it. */
export interface SentTelemetry {
  forward?: ForwardOutcome
  traces?: TracesResult
  annotations?: AnnotationOutcome
}

/** Milliseconds for a metrics server that is slow; the rest waits on disk. */
const CLOSE_TIMEOUT_MS = 10_000
/** Milliseconds after a Ctrl-C: enough for the last push, which has the verdict. */
const STOPPED_TIMEOUT_MS = 2_000

/** Opens what records a run. */
export type OpenRecorder = (options: RecorderOptions) => Promise<Recorder>

/** Folder of a run's files, output for problems, and followers of the record. */
interface Place {
  folder: string
  say: (line: string) => void
  onChanges: (changes: readonly Change[]) => void
  elsewhere: () => Promise<string | undefined>
  /** Opens the recorder; one for k6 on this machine unless told. */
  open?: OpenRecorder | undefined
}

/** Starts what listens to a run. Rejects where the recorder cannot listen on loopback. */
export async function listen(
  started: RunRecord,
  { record, forward, traces: collector, live: follow, annotate: grafana }: Listening,
  { folder, say, onChanges, elsewhere, open = openRecorder }: Place,
): Promise<Listeners> {
  let recorder: Recorder | undefined
  const planned = () => (recorder ? plannedPhases(recorder.store, started.declared?.phases ?? {}) : [])
  const forwarder =
    forward &&
    (await startForwarder({
      folder: join(folder, QUEUE_FOLDER),
      elsewhere,
      ...forward,
      say,
      began: Date.parse(started.startedAt),
      during: duringRun(started, planned),
    }))
  if (record === 'on')
    recorder = await startRecorder(started, { folder, onChanges, elsewhere, forwarder, open })
  let last: ReportData | undefined
  const file = join(folder, LOG_FILE)
  const live = follow
    ? await followOnPage({ started, recorder, folder, file, ended: () => last, say })
    : undefined
  const traces = collector && startTraces({ ...collector, file, resource: resource(started), say })
  const markers = grafana && followRun(grafana)
  markers?.begin(started, planned)
  let finishing: Promise<SentTelemetry> | undefined
  return {
    ...(recorder ? { recorder } : {}),
    stop: async () => recorder?.close(),
    tell(ended) {
      last = ended
      live?.update()
      forwarder?.add(endOfRun(ended.record, recorder?.store))
    },
    finish: (stopped) =>
      (finishing ??= finish({ live, forwarder, traces, markers, ended: last?.record, file, stopped })),
  }
}

function startRecorder(
  { declared }: RunRecord,
  {
    folder,
    onChanges,
    elsewhere,
    forwarder,
    open,
  }: Omit<Place, 'say' | 'open'> & { forwarder: Forwarder | undefined; open: OpenRecorder },
): Promise<Recorder> {
  return open({
    folder,
    onChanges,
    elsewhere,
    windowSeconds: windowSecondsOf(declared),
    ...(forwarder ? { onPush: (body: Buffer) => forwarder.push(body) } : {}),
  })
}

const resource = ({ id, suite, environment, instances }: RunRecord) =>
  resourceOf({ id, suite, environment, k6: versionsOf(instances) })

interface Finishing {
  live: Live | undefined
  forwarder: Forwarder | undefined
  traces: Traces | undefined
  markers: Following | undefined
  /** The run's record; undefined where it has none, because something broke. */
  ended: RunRecord | undefined
  file: string
  stopped: AbortSignal
}

async function finish(all: Finishing): Promise<SentTelemetry> {
  const { live, forwarder, traces, markers, ended, file, stopped } = all
  const [forward, traced, annotations] = await Promise.all([
    forwarder?.close({ patience: stopped.aborted ? STOPPED_TIMEOUT_MS : CLOSE_TIMEOUT_MS }),
    traces?.close(),
    ended && markers?.finish(ended, stopped),
    live?.close(),
  ])
  if (traces) await removeSpanLines(file)
  return defined({ forward, traces: traced, annotations })
}
