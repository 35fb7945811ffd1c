import { sentence } from '../../config/problem/problem.ts'
import { hostProblems } from '../../config/settings/hostProblems.ts'
import { errorNamed } from '../errors.ts'
import { reading } from './settings.ts'

const allowed = new Set<string>()

/** The base URL of every client that was made, with what must answer there before load starts. */
export const targets = new Map<string, string>()

/** Takes the base URL of a client, and the path of it that setup asks. Throws as {@link urlOf} does. */
export const addTarget = (base: string, path?: string): void => {
  allowHost(base)
  targets.set(base, path ? urlOf('preflight', base, path) : (targets.get(base) ?? `${base}/`))
}

/** Scheme and host of a URL. */
export const originOf = (url: string): string => /^https?:\/\/[^/?#]*/.exec(url)?.[0] ?? url

/** Throws UsageError for a URL whose host the environment does not list. */
export const allowHost = (url: string, where = 'client'): void => {
  const origin = originOf(url)
  if (allowed.has(origin)) return
  const { environment, settings } = reading()
  const [problem] = environment ? hostProblems(where, origin, environment, settings.ENVIRONMENT) : []
  if (problem) throw errorNamed(sentence(problem))
  allowed.add(origin)
}

/** Where a value that was not there has become part of a path. */
const LACKING = /[/=](?:undefined|null|NaN)(?![^/?&#])|object.{1,3}Object/

/**
 * The URL of a path, or of an absolute URL whose host the environment lists. Throws UsageError for anything else, and for
 * what a value that was not there has become part of.
 */
export const urlOf = (method: string, base: string, path: string): string => {
  if (LACKING.test(`/${path}`)) throw errorNamed(`${method} ${path}: this path lacks a value`)
  if (/^[/?]/.test(path)) return base + path
  if (!/^https?:\/\//.test(path)) throw errorNamed(`${method} ${path}: a path begins with "/"`)
  allowHost(path)
  return path
}
