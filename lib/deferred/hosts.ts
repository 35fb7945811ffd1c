import { sentence } from '../../config/problem/problem.ts'
import { hostProblems } from '../../config/settings/hostProblems.ts'
import { errorNamed } from '../errors.ts'
import { reading } from './settings.ts'

const allowed = new Set<string>()

/** The base URLs of every client that was made: what must answer before load starts. */
export const targets = new Set<string>()

/** Takes the base URL of a client. Throws as {@link allowHost} does. */
export const addTarget = (base: string): void => {
  allowHost(base)
  targets.add(base)
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
