/** k6's word for a test that is ready and waits to be resumed. */
const PAUSED_BEFORE_RUN = 4
/** Milliseconds for one answer of an API on loopback, which a busy machine delays. */
const TIMEOUT_MS = 5_000

const statusUrl = (port: number): string => `http://127.0.0.1:${port}/v1/status`

/** Whether the k6 whose REST API listens at this port has made its VUs and waits for its release. */
export async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(statusUrl(port), { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const { data } = (await response.json()) as { data?: { attributes?: { status?: unknown } } }
    return data?.attributes?.status === PAUSED_BEFORE_RUN
  } catch {
    return false
  }
}

/** Lets a paused k6 begin; undefined where it does, else why it cannot be told so. */
export async function release(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(statusUrl(port), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { type: 'status', id: 'default', attributes: { paused: false } } }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.arrayBuffer()
    return response.ok ? undefined : `its REST API answered ${response.status}`
  } catch (error) {
    const { message, cause } = error as Error
    return cause instanceof Error ? cause.message : message
  }
}
