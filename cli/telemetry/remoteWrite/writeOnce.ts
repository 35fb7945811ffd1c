import { refusal } from '../../base/index.ts'
import { encodeWrite, type Pushed } from '../../prometheus/index.ts'
import { meaningOf } from './answers.ts'
import { poster } from './post.ts'
import type { Target } from './target.ts'

/** Writes some series to a server, in one request. Throws UserError where it does not take them. */
export async function writeOnce(target: Target, pushed: readonly Pushed[]): Promise<void> {
  const post = poster(target)
  try {
    const meaning = meaningOf(await post(encodeWrite(pushed)))
    if (meaning.is === 'taken') return
    const why = 'why' in meaning ? meaning.why : 'takes no samples of this moment'
    throw refusal([
      {
        where: '--remote-write',
        got: `${target.url}, which ${why}`,
        allowed: 'a server that takes remote writes',
      },
    ])
  } finally {
    post.close()
  }
}
