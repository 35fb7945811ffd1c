import { redact } from '../../config/redact.ts'
import type { PageEvent } from '../catalog.ts'
import { write } from '../deferred/event.ts'
import { iteration } from '../iteration.ts'
import { exec } from '../k6.ts'
import { pause } from './pause.ts'
import type { Visit } from './visit.ts'

/** What a VU keeps at most: an outage would fill the disk. */
const MAX_KEPT = 10
const MAX_URL_CHARACTERS = 300
/** Milliseconds that a picture may take of a page that waits for the next one: where that never comes, it is drawn no more. */
const PICTURE_MS = 5000
let kept = 0

/**
 * Keeps what a failed step looked like: a picture, where the runner says which folder takes some, and the errors of the
 * page's console. Nothing that goes wrong here hides why the step failed.
 */
export const keep = async ({ page, console, waiting }: Visit, step = ''): Promise<void> => {
  if (kept === MAX_KEPT) return
  kept++
  const { idInTest, iterationInScenario } = exec.vu
  const journey = iteration?.journey ?? ''
  const folder = __ENV.PICTURES
  let picture: string | undefined
  if (folder) {
    picture = `${[journey, step].map(fileName).join('-')}-${idInTest}-${iterationInScenario}-${kept}.png`
    const taken = page.screenshot({ path: `${folder}/${picture}` }).then(
      () => true,
      () => false,
    )
    if (!(await (waiting ? Promise.race([taken, pause(PICTURE_MS)]) : taken))) picture = undefined
  }
  write('page', {
    journey,
    step,
    url: redact(page.url(), MAX_URL_CHARACTERS),
    picture,
    console,
    vu: idInTest,
    iteration: iterationInScenario,
    at: Date.now(),
  } satisfies PageEvent)
}

const fileName = (text: string): string => text.replace(/[^\w-]+/g, '-').slice(0, 40)
