import { quote, type Problem } from '../../../config/problem/problem.ts'
import { packageRoot } from '../../base/index.ts'
import { pinnedVersion } from '../../k6/index.ts'

/** What runs in a cluster. */
export interface Images {
  /** k6, of the initializer and the runners. */
  readonly k6: string
  /** Node.js, on which the collector runs. */
  readonly node: string
}

/** The official image of Node.js, in the release that is the least loadwright runs on. */
const NODE = 'docker.io/library/node:20.19.0-alpine3.21'

/** What starts the runners, of the release of k6-operator that loadwright is tested with. */
export const STARTER = 'ghcr.io/grafana/k6-operator:starter-v1.6.0'

/** The images of a test: those that were given, else k6 in loadwright's own version, and a Node.js. */
export const imagesOf = async (given: Partial<Images>): Promise<Images> => ({
  k6: given.k6 ?? `docker.io/grafana/k6:${(await pinnedVersion(packageRoot)).slice(1)}`,
  node: given.node ?? NODE,
})

/** Why an image is not pinned: it has neither a tag that tells a version, nor a digest. */
export function imageProblems(where: string, image: string | undefined): Problem[] {
  if (image === undefined || /^[\w./:-]+(@sha256:[\da-f]{64})$/.test(image)) return []
  const [, tag] = /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*:([\w.-]+)$/.exec(image) ?? []
  if (tag !== undefined && tag !== 'latest') return []
  const allowed = 'an image with the tag of a version, or a digest'
  return [{ where, got: quote(image), allowed, fix: 'What a name alone stands for changes from day to day.' }]
}
