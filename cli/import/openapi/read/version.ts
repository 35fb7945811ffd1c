import { quote } from '../../../../config/problem/problem.ts'
import { describe, isRecord } from '../../../../config/problem/keys.ts'
import { UserError } from '../../../base/index.ts'
import { own, type Place } from './place.ts'

/** The version that a document is of, such as `3.0.3`. Throws UserError where it is none that can be read. */
export function versionOf({ file, value }: Place): string {
  const old = own(value, 'swagger')
  if (old !== undefined)
    throw new UserError(
      `${file} is Swagger ${describe(old)}, which cannot be imported: convert it to OpenAPI 3 (npx swagger2openapi ${file} -o openapi.yaml) and import that`,
    )
  const version = own(value, 'openapi')
  const text = typeof version === 'number' ? String(version) : version
  if (typeof text !== 'string' || !/^3(?:\.[01](?:\.\w[\w.-]*)?)?$/.test(text))
    throw new UserError(
      `${file}: openapi: got ${version === undefined ? 'none' : describe(version)}; allowed: 3.0 or 3.1, such as ${quote('3.1.0')}`,
    )
  const paths = own(value, 'paths')
  if (!isRecord(paths) || Object.keys(paths).length === 0)
    throw new UserError(`${file} has no paths: there is no operation that could be tried`)
  return text
}
