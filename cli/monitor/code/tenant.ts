import { isRecord } from '../../../config/problem/keys.ts'
import { backoff, delay, UserError } from '../../base/index.ts'
import { isTransient } from '../../base/http/index.ts'
import type { MonitorAccess } from './access.ts'
import type { CheckAlert, MonitorCheck } from './monitorCheck.ts'
import { caller, RETRY, type ApiAnswer, type ApiPatience } from './http.ts'
import { refusalOf } from './refusal.ts'

/** A check that the tenant has. */
export interface LiveCheck extends MonitorCheck {
  id: number
  tenantId: number
  alerts: readonly CheckAlert[]
}

/** A probe that the tenant may use. */
export interface TenantProbe {
  id: number
  name: string
  public: boolean
  /** Whether it takes scripted checks, and those of a browser. */
  scripted: boolean
  browser: boolean
}

/** What a tenant of Synthetic Monitoring can be asked and told; every call throws UserError where it fails. */
export interface Tenant {
  /** The tenant's id. */
  id(): Promise<number>
  probes(): Promise<TenantProbe[]>
  /** Every check with its alerts. */
  checks(): Promise<LiveCheck[]>
  /** Adds a check, or updates the one that has its job and target by then. */
  add(check: MonitorCheck): Promise<LiveCheck>
  update(check: MonitorCheck): Promise<LiveCheck>
  setAlerts(id: number, alerts: readonly CheckAlert[]): Promise<void>
  /** Deletes a check; one that is gone already is no error. */
  remove(id: number): Promise<void>
}

/** A tenant, by the paths of grafana/synthetic-monitoring-api-go-client `smapi.go`. */
export function tenantOf(access: MonitorAccess, patience: ApiPatience = {}): Tenant {
  const call = caller(access, patience)
  const retry = { ...RETRY, ...patience }
  const body = (answer: ApiAnswer, what: string): unknown => {
    if ('refusal' in answer) throw refusalOf(access, what, answer.refusal)
    return answer.body
  }
  const list = (answer: ApiAnswer, what: string): Record<string, unknown>[] => {
    const value = body(answer, what) ?? []
    if (Array.isArray(value) && value.every(isRecord)) return value
    throw odd(what)
  }
  const alertsOf = async (id: number): Promise<CheckAlert[]> => {
    const answer = body(await call('GET', `/check/${id}/alerts`), `alerts of check ${id}`)
    return (answer as { alerts?: CheckAlert[] } | null)?.alerts ?? []
  }
  const update = async (check: MonitorCheck): Promise<LiveCheck> =>
    live(body(await call('POST', '/check/update', check), nameOf(check)), nameOf(check))

  return {
    update,
    async id() {
      const { id } = (body(await call('GET', '/tenant'), 'tenant') ?? {}) as Fields
      if (typeof id !== 'number') throw odd('tenant')
      return id
    },
    async probes() {
      return list(await call('GET', '/probe/list'), 'probes').map((probe) => ({
        id: Number(probe.id),
        name: String(probe.name),
        public: probe.public === true,
        scripted: !(probe.capabilities as Fields | undefined)?.disableScriptedChecks,
        browser: !(probe.capabilities as Fields | undefined)?.disableBrowserChecks,
      }))
    },
    async checks() {
      const checks: LiveCheck[] = []
      for (const value of list(await call('GET', '/check/list?includeAlerts=true'), 'checks')) {
        const check = live(value, 'checks')
        checks.push('alerts' in value ? check : { ...check, alerts: await alertsOf(check.id) })
      }
      return checks
    },
    async add(check) {
      const { job, target } = check
      const query = `/check/query?${new URLSearchParams({ job, target }).toString()}`
      for (let tried = 1; ; tried++) {
        // An answer that was lost may belong to a check that was made: never add without having looked.
        const answer = await call('POST', '/check/add', check, true)
        if ('body' in answer) return live(answer.body, nameOf(check))
        const { status } = answer.refusal
        if (status === 401 || status === 403) throw refusalOf(access, nameOf(check), answer.refusal)
        const found = await call('GET', query)
        if ('body' in found) {
          const { id, tenantId } = live(found.body, nameOf(check))
          return update({ ...check, id, tenantId })
        }
        if (!isTransient(answer.refusal) || tried === retry.tries)
          throw refusalOf(access, nameOf(check), answer.refusal)
        await delay(backoff(retry, tried), patience.signal)
      }
    },
    async setAlerts(id, alerts) {
      body(await call('PUT', `/check/${id}/alerts`, { alerts }), `alerts of check ${id}`)
    },
    async remove(id) {
      const answer = await call('DELETE', `/check/delete/${id}`)
      if ('refusal' in answer && answer.refusal.status !== 404) body(answer, `check ${id}`)
    },
  }
}

type Fields = Record<string, unknown>

const nameOf = ({ job, target }: { job: string; target: string }): string => `${job} → ${target}`

const odd = (what: string): UserError =>
  new UserError(`${what}: the API answers with something unexpected. Is GRAFANA_SM_URL the API's address?`)

/** A check as it came; Go writes an empty list as null. Throws UserError for anything else. */
function live(value: unknown, what: string): LiveCheck {
  const check = value as LiveCheck
  if (
    !isRecord(value) ||
    ![value.id, value.tenantId, value.frequency, value.timeout].every((field) => typeof field === 'number') ||
    ![value.job, value.target].every((field) => typeof field === 'string') ||
    !isRecord(value.settings)
  )
    throw odd(what)
  const { probes, labels, alerts } = value
  return {
    ...check,
    probes: (probes ?? []) as number[],
    labels: (labels ?? []) as LiveCheck['labels'],
    alerts: (alerts ?? []) as CheckAlert[],
  }
}
