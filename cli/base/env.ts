/** A variable's value, trimmed; an empty one is none. */
export function envValue(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]?.trim()
  return text === '' ? undefined : text
}
