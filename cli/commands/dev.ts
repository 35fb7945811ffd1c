import type { Command } from 'commander'
import pc from 'picocolors'
import { quote } from '../../config/problem/problem.ts'
import { EXIT, printable, refusal, UserError } from '../base/index.ts'
import { STOP_SIGNALS } from '../k6/index.ts'
import { startLoop, watchFiles } from '../run/index.ts'
import { collectOption, toldOf, withSettings } from './options.ts'
import { out, say } from './output.ts'
import { readyEngine } from './readyEngine.ts'

interface Flags {
  once?: true
  http?: true
  headed?: true
  slowMo?: string
  env?: string[]
  fault?: string[]
}

/** `loadwright dev`: a single pass after every change, shown as a test runner shows a test. */
export function addDev(program: Command): void {
  withSettings(
    program
      .command('dev')
      .description('Make a pass after every change, and show every step')
      .argument('[name]', 'a suite’s name or file, a journey’s name, or any k6 script'),
  )
    .option('--once', 'make one pass and end: 0 if it passed, 99 if it failed')
    .option('--http', 'show headers and bodies, secrets redacted')
    .option('--headed', 'show the browser of a suite that drives one')
    .option('--slow-mo <milliseconds>', 'wait so long before each act on a page')
    .option('--fault <fault>', 'make the embedded shop misbehave; repeatable', collectOption)
    .option('-e, --env <KEY=VALUE>', 'a variable for the script; repeatable', collectOption)
    .addHelpText(
      'after',
      `
Without a target it runs on the embedded shop. Keys: Enter runs again, q quits.

Examples:
  loadwright dev                                        the project's own suite
  loadwright dev checkout --http                        one journey, with what was sent and what came
  loadwright dev browser --headed --slow-mo 500         see the browser do it
  loadwright dev --once --base-url http://127.0.0.1:3000`,
    )
    .action(async (name: string | undefined, flags: Flags) => {
      process.exitCode = await dev(name, flags)
    })
}

async function dev(name: string | undefined, flags: Flags): Promise<number> {
  const { told, env } = toldOf(flags)
  const slowMo = slowMoOf(flags)
  if (flags.headed) refuseWithoutDisplay()
  const engine = await readyEngine()
  const stopping = new AbortController()
  const wishes = wishList(stopping.signal)
  const watcher = watchFiles((file) => wishes.add(`${printable(file)} changed`))
  const loop = startLoop({
    name,
    given: told,
    env,
    faults: flags.fault ?? [],
    engine,
    out,
    http: flags.http === true,
    headed: flags.headed === true,
    ...(slowMo === undefined ? {} : { slowMo }),
    signal: stopping.signal,
    follow: (files) => {
      if (!flags.once) watcher.follow(files)
    },
  })
  const interrupt = (): void => stopping.abort(EXIT.interrupted)
  for (const name of STOP_SIGNALS) process.on(name, interrupt)
  const unlisten = flags.once
    ? () => undefined
    : keys({ again: () => wishes.add('again'), quit: (code) => stopping.abort(code) })
  try {
    for (;;) {
      const code = await loop.pass()
      if (stopping.signal.aborted) return Number(stopping.signal.reason)
      if (flags.once) return code
      say(pc.dim(`\nwatching${process.stdin.isTTY ? ' · Enter runs again · q quits' : ''}`))
      const why = await wishes.next()
      if (why === undefined) return Number(stopping.signal.reason)
      out(`\n${pc.dim(`── ${new Date().toTimeString().slice(0, 8)} ${why} ──`)}\n`)
    }
  } finally {
    unlisten()
    watcher.close()
    for (const name of STOP_SIGNALS) process.off(name, interrupt)
    await loop.close()
  }
}

/** Throws UserError where there is nothing to show a browser on, which no change of a file mends. */
function refuseWithoutDisplay(): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new UserError('--headed: there is no display to show a browser on ($DISPLAY is not set)')
}

/** Milliseconds. Throws UserError for what is no such number. */
function slowMoOf({ slowMo: text }: Flags): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw refusal([
    { where: '--slow-mo', got: quote(text), allowed: 'whole milliseconds from 0 to 99999, such as 500' },
  ])
}

/** Reasons for another pass: several that come during one pass are one. */
function wishList(signal: AbortSignal): {
  add: (why: string) => void
  next: () => Promise<string | undefined>
} {
  let due: string | undefined
  let wake: (() => void) | undefined
  signal.addEventListener('abort', () => wake?.())
  return {
    add(why) {
      due = why
      wake?.()
    },
    /** The reason for the next pass, as soon as there is one; undefined once it is to stop. */
    async next() {
      if (due === undefined && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
      const why = signal.aborted ? undefined : due
      due = undefined
      return why
    },
  }
}

/** Listens to keys, where there is a keyboard; returns what ends that. */
function keys(on: { again: () => void; quit: (code: number) => void }): () => void {
  const { stdin } = process
  if (!stdin.isTTY) return () => undefined
  const press = (text: Buffer): void => {
    const key = text.toString()
    if (key === '\u0003') on.quit(EXIT.interrupted)
    else if (key === 'q' || key === 'Q' || key === '\u0004') on.quit(EXIT.pass)
    else if (key === '\r' || key === '\n') on.again()
  }
  stdin.setRawMode(true)
  stdin.resume()
  stdin.on('data', press)
  return () => {
    stdin.off('data', press)
    stdin.setRawMode(false)
    stdin.pause()
  }
}
