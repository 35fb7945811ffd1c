import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import { UserError } from '../../base/index.ts'

/** A collection of version 2.0 or 2.1. */
export type RawCollection = Raw & { info: Raw; item: readonly unknown[] }

/**
 * What JSON is of Postman's; undefined for what is not. Throws UserError where it is something that has no requests
 * or of a version that is not read.
 */
export function postmanIn(json: unknown, file: string): RawCollection | undefined {
  if (!isRecord(json)) return undefined
  // As Postman's own API gives it.
  const raw = isRecord(json.collection) && isRecord(json.collection.info) ? json.collection : json
  if (isRecord(raw.info) && Array.isArray(raw.item)) {
    const schema = textAt(raw.info, 'schema') ?? ''
    const version = /collection\/v(\d+\.\d+)/.exec(schema)?.[1]
    if (version !== undefined && !version.startsWith('2.'))
      throw new UserError(
        `${file}: info.schema: got version ${version}; allowed: 2.1 and 2.0. Export the collection as “Collection v2.1”.`,
      )
    return raw as RawCollection
  }
  if (Array.isArray(json.requests) && ('order' in json || 'folders' in json))
    throw new UserError(
      `${file} is a collection of Postman’s version 1: import it into Postman and export it as “Collection v2.1”.`,
    )
  if (Array.isArray(json.values) && ('_postman_variable_scope' in json || 'name' in json))
    throw new UserError(
      `${file} is an environment of Postman, which has no requests: import the collection, and name this file by --variables`,
    )
  return undefined
}
