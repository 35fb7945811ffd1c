import type { IncomingMessage } from 'node:http'
import { plannedFaults, startApi, type Fault, type Reply } from './api.ts'
import type { CheckAlert } from '../../cli/monitor/code/monitorCheck.ts'
import { alertsError, checkError, type StoredCheck } from './syntheticMonitoringRules.ts'

/** What a check has where its body does not say. */
const UNSET = {
  offset: 0,
  alertSensitivity: 'none',
  basicMetricsOnly: false,
  enabled: false,
  labels: [],
  channels: { k6: { id: 'v2' } },
}

/** A tenant of Synthetic Monitoring in this process, by the paths, bodies and errors of its API; for tests. */
export async function startFakeMonitoring() {
  const token = 'glsm_fake.0123456789abcdef'
  const tenantId = 77
  const probes = ['Frankfurt', 'London', 'Ohio', 'Tokyo', 'office'].map((name, index) => ({
    id: index + 1,
    tenantId: name === 'office' ? tenantId : 1,
    name,
    public: name !== 'office',
    online: true,
    deprecated: false,
    labels: [],
    region: 'EMEA',
    capabilities: { disableScriptedChecks: false, disableBrowserChecks: false },
  }))
  const checks = new Map<number, StoredCheck>()
  const log: string[] = []
  const faults = plannedFaults()
  let ids = 100
  let clock = 1_700_000_000

  const error = (code: number, msg: string, err = ''): Reply => [code, { code, msg, err }]
  const visible = ({ alerts: _, ...check }: StoredCheck) => check
  const twin = (check: StoredCheck): StoredCheck | undefined =>
    [...checks.values()].find(
      ({ id, job, target }) => id !== check.id && job === check.job && target === check.target,
    )

  const save = (body: StoredCheck, existing?: StoredCheck): Reply => {
    const check: StoredCheck = {
      ...UNSET,
      ...body,
      id: existing?.id ?? ++ids,
      tenantId,
      created: existing?.created ?? ++clock,
      modified: ++clock,
      alerts: existing?.alerts ?? [],
    }
    const wrong = checkError(check, probes)
    if (wrong !== undefined) return error(400, 'Invalid check', wrong)
    if (twin(check))
      return error(409, 'Failed to add check to database', 'target/job combination already exists')
    checks.set(check.id, check)
    return [200, visible(check)]
  }

  const alertsOf = (check: StoredCheck, method: string, body: unknown): Reply => {
    if (method === 'GET') return [200, { alerts: check.alerts.map((alert) => ({ ...alert, status: 'OK' })) }]
    const { alerts } = body as { alerts: CheckAlert[] }
    const wrong = alertsError(alerts, check)
    if (wrong !== undefined) return error(400, 'Invalid alerts', wrong)
    check.alerts = alerts.map(({ period = '', runbookUrl = '', ...alert }) => ({
      ...alert,
      created: ++clock,
      modified: clock,
      // Go leaves out what is empty.
      ...(period === '' ? {} : { period }),
      ...(runbookUrl === '' ? {} : { runbookUrl }),
    }))
    return [202, { alerts: check.alerts }]
  }

  const reply = (method: string, { pathname, searchParams }: URL, body: unknown): Reply => {
    const path = pathname.replace('/api/v1', '')
    const id = Number(/\/(\d+)/.exec(path)?.[1])
    const found = checks.get(id)
    const call = `${method} ${path.replace(/\/\d+/, '/:id')}`
    if (path.includes(`/${id}`) && !found) return error(404, 'check not found')
    if (call === 'GET /tenant') return [200, { id: tenantId, orgId: 1, stackId: 2, status: 0 }]
    if (call === 'GET /probe/list') return [200, probes]
    if (call === 'GET /check/list') {
      const all = [...checks.values()]
      return [200, searchParams.get('includeAlerts') === 'true' ? all : all.map(visible)]
    }
    if (call === 'GET /check/query') {
      const [job, target] = ['job', 'target'].map((name) => searchParams.get(name))
      const one = [...checks.values()].find((check) => check.job === job && check.target === target)
      return one ? [200, visible(one)] : error(404, `check with target ${target} and job ${job}`)
    }
    if (call === 'POST /check/add') return save(body as StoredCheck)
    if (call === 'POST /check/update') {
      const existing = checks.get((body as StoredCheck).id)
      if (!existing || (body as StoredCheck).tenantId !== tenantId) return error(404, 'check not found')
      return save(body as StoredCheck, existing)
    }
    if (found && call === 'DELETE /check/delete/:id') {
      checks.delete(id)
      return [200, { msg: 'check deleted', checkId: id }]
    }
    if (found && /^(GET|PUT) \/check\/:id\/alerts$/.test(call)) return alertsOf(found, method, body)
    if (found && call === 'GET /check/:id') return [200, visible(found)]
    return error(404, 'not found')
  }

  const handle = async (request: IncomingMessage): Promise<Fault> => {
    const url = new URL(request.url ?? '', 'http://fake')
    const method = request.method ?? ''
    const text = Buffer.concat(await request.toArray()).toString()
    const call = `${method} ${url.pathname.replace('/api/v1', '')}`
    log.push(call + url.search)
    const planned = faults.take(call)
    if (planned && !planned.lost) return planned
    if (request.headers.authorization !== `Bearer ${token}`) {
      const [status, body] = error(401, 'not authorized')
      return { status, body }
    }
    const [status, body] = reply(method, url, text === '' ? undefined : (JSON.parse(text) as unknown))
    return { status, body, ...planned }
  }

  const { url, close } = await startApi(handle)

  return {
    url,
    token,
    tenantId,
    probes,
    checks,
    /** Calls so far, as `GET /check/list?includeAlerts=true`. */
    log,
    /** The environment that leads here. */
    env: { GRAFANA_SM_URL: url, GRAFANA_SM_ACCESS_TOKEN: token },
    /** Calls so far that change something. */
    writes: () => log.filter((call) => !call.startsWith('GET ')),
    /** Answers the next calls that begin so with a fault. */
    fault: faults.plan,
    /** Puts a check there, as if somebody else had. */
    put: (check: Partial<StoredCheck>): StoredCheck => {
      const [status, saved] = save({
        job: 'other',
        target: 'https://other.example.com',
        enabled: true,
        probes: [1],
        frequency: 60_000,
        timeout: 30_000,
        settings: { scripted: { script: 'Cg==' } },
        ...check,
      } as StoredCheck)
      if (status !== 200) throw new Error(JSON.stringify(saved))
      return checks.get((saved as StoredCheck).id) as StoredCheck
    },
    close,
  }
}
