import type { Method, Type } from 'protobufjs'
import { CATALOG_PROTO, REFLECTION_PROTO } from './proto.ts'

/** The service's name, with its package. */
export const CATALOG_SERVICE = 'hipstershop.ProductCatalogService'

/** What messages are made of. */
export interface Definitions {
  /** The catalogue's methods by name. */
  readonly methods: Readonly<Record<string, Method>>
  /** What reflection is asked, and answers. */
  readonly asked: Type
  readonly answer: Type
  /** The catalogue's own definition, as reflection hands it out, and its name. */
  readonly file: Uint8Array
  readonly name: string
}

/** What the extension of protobufjs gives a root. */
interface Describing {
  toDescriptor(edition: string): { file: { name?: string }[] }
}

let known: Promise<Definitions> | undefined

/** The definitions, read when the first call comes: whoever only serves pages does not wait for them. */
export const definitions = (): Promise<Definitions> => (known ??= read())

async function read(): Promise<Definitions> {
  const { default: protobuf } = await import('protobufjs')
  const { default: descriptor } = await import('protobufjs/ext/descriptor.js')
  const { root } = protobuf.parse(CATALOG_PROTO)
  const methods = Object.values(root.lookupService(CATALOG_SERVICE).methods)
  methods.forEach((method) => method.resolve())
  const [file] = (root.resolveAll() as unknown as Describing).toDescriptor('proto3').file
  const reflection = protobuf.parse(REFLECTION_PROTO).root
  return {
    methods: Object.fromEntries(methods.map((method) => [method.name, method])),
    asked: reflection.lookupType('grpc.reflection.v1.ServerReflectionRequest'),
    answer: reflection.lookupType('grpc.reflection.v1.ServerReflectionResponse'),
    file: descriptor.FileDescriptorProto.encode(file as object).finish(),
    name: file?.name ?? '',
  }
}
