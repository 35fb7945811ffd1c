import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { Served } from './site.ts'

/** A visit that is recorded. */
export interface Visited {
  name: string
  /** The address that its paths are below. */
  base: string
  visit: (page: Page, url: (path: string) => string) => Promise<void>
}

/** Records visits with a real browser, each as `NAME.har` in a folder. */
export async function record(
  browserPath: string,
  visits: readonly Visited[],
  folder: string,
  bodies: Served['bodies'],
): Promise<void> {
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
  try {
    await Promise.all(
      visits.map(async ({ name, base, visit }) => {
        const path = join(folder, `${name}.har`)
        const context = await browser.newContext({ recordHar: { path, content: 'embed', mode: 'full' } })
        // The test has a limit of its own, and the machine may be busy.
        context.setDefaultTimeout(0)
        await visit(await context.newPage(), (own) => base + own)
        await context.close()
        addBodies(path, bodies)
      }),
    )
  } finally {
    await browser.close()
  }
}

interface Har {
  log: { entries: { request: { headers: { name: string; value: string }[]; postData?: unknown } }[] }
}

/** Adds what forms with files carried, as a proxy that records has it: the protocol of a browser leaves it out. */
function addBodies(path: string, bodies: Served['bodies']): void {
  const har = JSON.parse(readFileSync(path, 'utf8')) as Har
  for (const { request } of har.log.entries) {
    const mimeType = request.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
    const text = bodies.get(mimeType)
    if (text !== undefined) request.postData = { mimeType, text }
  }
  writeFileSync(path, JSON.stringify(har))
}
