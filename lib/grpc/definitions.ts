import type { Client as K6Client } from 'k6/net/grpc'
import { Client } from './k6.ts'

declare global {
  /** Where the suite's folder is, seen from a bundle that opens files. */
  var LOADWRIGHT_BESIDE: string | undefined
}

/** Makes a client of k6's that knows its services; called at init. */
export type Definitions = () => K6Client

/**
 * Reads `.proto` files with their imports, which are looked for in these folders; paths are relative to the suite's file. k6
 * reads them, so they are no part of the bundle: an archive for the Cloud has them, a monitor has not.
 */
export const protos =
  (folders: readonly string[], ...files: readonly string[]): Definitions =>
  () => {
    const client = new Client()
    client.load(folders.map(beside), ...files)
    return client
  }

/** Reads a file of compiled definitions (`protoc --include_imports -o`), relative to the suite's file; else as {@link protos}. */
export const protoset =
  (file: string): Definitions =>
  () => {
    const client = new Client()
    client.loadProtoset(beside(file))
    return client
  }

/** A path as it is seen from the bundle, which the build says. */
const beside = (path: string): string =>
  /^(?:\/|[a-z]+:)/.test(path) ? path : (globalThis.LOADWRIGHT_BESIDE ?? '') + path
