import { UserError } from '../../base/index.ts'

/** The part of ngrok's SDK that is used; it is no dependency, since most never open a tunnel. */
interface Ngrok {
  forward(options: { addr: string; authtoken: string }): Promise<{
    url(): string | null
    close(): Promise<void>
  }>
}

/** An open end of a tunnel. */
export interface OpenedTunnel {
  url: string
  close(): Promise<void>
}

/** Opens an ngrok tunnel to a target, with the token in NGROK_AUTHTOKEN. Throws UserError where SDK or token are missing. */
export async function openNgrok(target: string, load = loadSdk, env = process.env): Promise<OpenedTunnel> {
  const authtoken = env.NGROK_AUTHTOKEN
  if (!authtoken)
    throw new UserError(
      '--tunnel ngrok: NGROK_AUTHTOKEN is not set. Copy it from https://dashboard.ngrok.com/get-started/your-authtoken',
    )
  const ngrok = await load()
  try {
    const listener = await ngrok.forward({ addr: target, authtoken })
    const url = listener.url()
    if (url === null) throw new Error('no URL was given')
    return { url, close: () => listener.close() }
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(authtoken, '***')
    throw new UserError(`--tunnel ngrok: the tunnel could not be opened: ${reason}`)
  }
}

async function loadSdk(): Promise<Ngrok> {
  const name = '@ngrok/ngrok'
  try {
    const sdk = (await import(name)) as Ngrok & { default?: Ngrok }
    return sdk.default ?? sdk
  } catch {
    throw new UserError(`--tunnel ngrok: ngrok’s SDK is not installed. Type: npm install --save-dev ${name}`)
  }
}
