import { isRecord } from '../../../config/problem/keys.ts'
import { formDamage, type Form } from '../form.ts'
import { SCHEMA } from '../runRecord.ts'
import { VERDICTS } from '../verdicts.ts'
import {
  CALL,
  FIGURES,
  JOURNEY,
  list,
  PAGE,
  PAGE_REQUESTS,
  SIGNALS,
  SOCKET,
  texts,
  TEXTS,
  TIMES,
  type Keys,
} from './figureForms.ts'

const REASONS = list({ code: 'text', text: 'text', data: 'object' })
const CAUSE: Keys = {
  kind: 'text',
  what: 'text',
  count: 'number',
  phases: TEXTS,
  rows: TEXTS,
  trace_ids: TEXTS,
  'status?': 'number',
  'page?': { keys: { url: 'text', pictures: TEXTS, console: TEXTS } },
  ...texts(
    'journey',
    'step',
    'request',
    'expected',
    'got',
    'first',
    'last',
    'excerpt',
    'explanation',
    'origin',
  ),
}
const COUNTS: Keys = {
  iterations: 'number',
  dropped: 'number',
  'interrupted?': 'number',
  requests: 'number',
  checks: 'number',
  failedChecks: 'number',
  'uncountedChecks?': 'flag',
}
const INSTANCE: Keys = {
  ...texts('region', 'summary', 'machine', 'id', 'segment', 'started', 'ended', 'lost'),
  k6: { keys: { version: 'text', path: 'text', command: TEXTS } },
  'exit?': 'number',
  'counts?': { keys: COUNTS },
  'generator?': 'object',
}
/** Scenarios as k6 had them. */
const SHAPES: Form = { each: { keys: { executor: 'text' } } }
const SEGMENT: Keys = { text: 'text', share: 'number' }

const METADATA: Keys = {
  ...texts('user', 'host', 'commit', 'branch', 'version', 'region', 'ci', 'loadwright'),
  'dirty?': 'flag',
}
const AGREED: Keys = { requests: 'number', 'p95?': 'number' }
const EXCEPTION: Keys = {
  ...texts('journey', 'step', 'request'),
  message: 'text',
  count: 'number',
  'source?': { keys: { file: 'text', line: 'number' } },
}
const PRODUCTION: Form = {
  keys: {
    source: 'text',
    requests: 'number',
    seconds: 'number',
    perSecond: { keys: { mean: 'number', p50: 'number', p95: 'number', p99: 'number', max: 'number' } },
    'stepSeconds?': 'number',
    'concurrency?': 'number',
    mix: list({
      name: 'text',
      count: 'number',
      'distinct?': 'number',
      'pool?': { keys: { name: 'text', share: 'number' } },
    }),
  },
}

/** The parts of a record that reports read; the same version may add others. */
const RECORD: Form = {
  keys: {
    schema: 'number',
    id: 'text',
    suite: 'text',
    'script?': 'text',
    bundle: { keys: { file: 'text', sha256: 'text' } },
    'exitCode?': 'number',
    state: { oneOf: ['running', 'ended'] },
    verdict: { oneOf: VERDICTS },
    reasons: REASONS,
    startedAt: 'text',
    'endedAt?': 'text',
    environment: 'text',
    profile: 'text',
    target: 'text',
    'hosts?': TEXTS,
    settings: 'scalars',
    faults: TEXTS,
    judgedPhases: TEXTS,
    'embedded?': 'flag',
    load: {
      keys: { replaced: 'flag', singlePass: 'flag', 'segment?': { keys: SEGMENT }, 'scenarios?': SHAPES },
    },
    variables: TEXTS,
    instances: list(INSTANCE),
    journeys: list(JOURNEY),
    thresholds: list({
      metric: 'text',
      threshold: 'text',
      result: { oneOf: ['pass', 'fail', 'no samples'] },
      'value?': 'number',
      ...texts('source', 'owner'),
    }),
    checks: list({ name: 'text', group: 'text', passes: 'number', fails: 'number' }),
    failures: list(CAUSE),
    'exceptions?': list(EXCEPTION),
    'signals?': SIGNALS,
    'pages?': list(PAGE),
    'sockets?': list(SOCKET),
    'calls?': list(CALL),
    'spans?': list({ ...TIMES, ...texts('journey', 'step'), span: 'text', count: 'number' }),
    'regions?': list({
      ...TIMES,
      region: 'text',
      iterations: 'number',
      requests: 'number',
      failed: 'number',
      'signals?': SIGNALS,
    }),
    'operations?': list({
      ...TIMES,
      ...texts('journey'),
      operation: 'text',
      count: 'number',
      failed: 'number',
    }),
    'pageRequests?': list(PAGE_REQUESTS),
    failedRequests: list({ name: 'text', status: 'text', count: 'number' }),
    badRows: list({ pool: 'text', bad: TEXTS, of: 'number' }),
    totals: { keys: COUNTS },
    problems: REASONS,
    'metadata?': { keys: METADATA },
    'agreement?': { keys: { recorded: { keys: AGREED }, k6: { keys: AGREED } } },
    'adequacy?': {
      keys: {
        source: 'text',
        sentence: 'text',
        rows: list({
          aspect: 'text',
          what: 'text',
          production: 'number',
          'test?': 'number',
          differs: 'flag',
        }),
      },
    },
    'metrics?': list({
      ...FIGURES,
      name: 'text',
      kind: 'text',
      tagged: list({ ...FIGURES, tags: 'object' }),
    }),
    'forward?': {
      keys: { url: 'text', sent: 'number', queued: 'number', dropped: 'number', problems: TEXTS },
    },
    'traces?': { keys: { url: 'text', spans: 'number', dropped: 'number', problems: TEXTS } },
    'annotations?': 'object',
    'cloud?': { keys: { name: 'text', 'link?': 'text', 'vuHours?': 'number' } },
    'declared?': {
      keys: {
        metrics: list({}),
        pools: list({ name: 'text', rows: 'number', 'sha256?': 'text' }),
        'own?': list({ name: 'text', kind: 'text' }),
        scenarios: SHAPES,
        phases: { each: list({ name: 'text', lasts: 'number' }) },
        'slos?': TEXTS,
        'production?': PRODUCTION,
        'owners?': list({ metric: 'text', threshold: 'text', owner: 'text' }),
      },
    },
    'phases?': list({ scenario: 'text', phase: 'text', from: 'text', to: 'text' }),
    'explanations?': TEXTS,
    'notes?': REASONS,
  },
}

/** Why a value is no record of this version, where in it; undefined for a record. The file may be of another origin. */
export function damageOf(value: unknown): string | undefined {
  const damage = otherSchema(value) ?? formDamage(value, RECORD)
  if (damage !== undefined) return damage
  const { startedAt } = value as { startedAt: string }
  return Number.isNaN(Date.parse(startedAt)) ? 'startedAt is no time' : undefined
}

function otherSchema(value: unknown): string | undefined {
  if (!isRecord(value) || value.schema === SCHEMA) return undefined
  const found =
    typeof value.schema === 'number' ? `its schema is ${value.schema}` : 'it names no schema that is a number'
  return `${found}, and this version of loadwright reads schema ${SCHEMA}: run the test again, or read it with the version that wrote it`
}
