import { isRecord } from '../../../config/problem/keys.ts'
import { parseJson } from '../../base/index.ts'

/** Whether a text is an OpenAPI document, or one of its forerunner Swagger: it has that key at its top. */
export function isOpenApi(text: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(text)) return /^\uFEFF?(["']?)(?:openapi|swagger)\1\s*:/m.test(text)
  if (!/"(?:openapi|swagger)"\s*:/.test(text)) return false
  const json = parseJson(text)
  if (isRecord(json)) return Object.hasOwn(json, 'openapi') || Object.hasOwn(json, 'swagger')
  // What is damaged, or YAML in braces, is known by its first key.
  return /^\uFEFF?\s*\{\s*"(?:openapi|swagger)"/.test(text)
}
