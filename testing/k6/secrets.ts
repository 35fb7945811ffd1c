import type { Core } from '../core.ts'

/** The default export of `k6/secrets`: one source, under every name. */
export function secretsModule(core: Core, secrets?: Record<string, string>) {
  const get = (key: unknown) =>
    new core.realm.Promise<string>((resolve, reject) => {
      const value = secrets?.[String(key)]
      if (value !== undefined) resolve(value)
      else if (secrets === undefined) reject(new core.GoError('no secret sources are configured'))
      else reject(new core.GoError(`no value for secret ${JSON.stringify(String(key))}`))
    })
  return { get, source: () => ({ get }) }
}
