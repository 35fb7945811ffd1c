import { quote, type Problem } from '../../../config/problem/problem.ts'

/** The names of a test's objects in a cluster, all made of the test's own. */
export interface Names {
  /** The TestRun's. */
  readonly test: string
  /** The ConfigMap with the bundle; of a large one the first part. */
  readonly bundle: string
  /** The collector's Deployment, Service, NetworkPolicy, ServiceAccount and ConfigMap. */
  readonly collector: string
  /** The Secret with the collector's token. */
  readonly secret: string
}

/** Characters of a test's name at most: `-1000-initializer` and `-service-1000` may follow it, and labels end at 63. */
const MAX_CHARACTERS = 45

/** The name of a TestRun that makes one part of a load. */
export const runName = (test: string, part: string): string => `${test}-${part}`

/** The part that a TestRun makes; undefined of one that makes the whole load. */
export const partIn = (test: string, run: string): string | undefined =>
  run === test ? undefined : run.slice(test.length + 1)

/** The names for a test; `secret` where its Secret has another name. */
export const namesOf = (test: string, secret?: string): Names => ({
  test,
  bundle: `${test}-bundle`,
  collector: `${test}-collector`,
  secret: secret ?? `${test}-collector`,
})

/** A test's name where nobody gave one: its suite and its profile, as Kubernetes takes names. */
export const usualName = (suite: string, profile: string): string =>
  `${suite}-${profile}`
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .slice(0, MAX_CHARACTERS)
    .replace(/^-+|-+$/g, '')

/** Why a name cannot be that of an object in a cluster. */
export function nameProblems(where: string, name: string | undefined): Problem[] {
  if (name === undefined || (/^[a-z]([-a-z\d]*[a-z\d])?$/.test(name) && name.length <= MAX_CHARACTERS))
    return []
  const allowed = `a letter, then letters, digits and -, all small, at most ${MAX_CHARACTERS} characters`
  return [{ where, got: quote(name), allowed }]
}
