import type { Answering, Call } from './call.ts'
import { CATALOG_SERVICE, type Definitions } from './definitions.ts'

/** The names of gRPC's reflection: clients ask for the newer one first. */
export const REFLECTION_SERVICES = ['v1', 'v1alpha'].map(
  (version) => `grpc.reflection.${version}.ServerReflection`,
)

const NOT_FOUND = 5

interface Fields {
  fileByFilename?: string
  fileContainingSymbol?: string
  listServices?: string
}

/** Says what services there are, and how they are defined. */
export const reflect = (call: Call, about: Definitions): Answering => ({
  heard(message) {
    const fields = about.asked.decode(message).toJSON() as Fields
    const said = about.answer.fromObject({ originalRequest: fields, ...answerTo(fields, about) })
    call.send(about.answer.encode(said).finish())
  },
  ended: () => call.end(),
})

function answerTo(
  { listServices, fileByFilename, fileContainingSymbol }: Fields,
  about: Definitions,
): object {
  if (listServices !== undefined) return { listServicesResponse: { service: [{ name: CATALOG_SERVICE }] } }
  if (fileByFilename === about.name || fileContainingSymbol?.startsWith('hipstershop.') === true)
    return { fileDescriptorResponse: { fileDescriptorProto: [about.file] } }
  return { errorResponse: { errorCode: NOT_FOUND, errorMessage: 'not found' } }
}
