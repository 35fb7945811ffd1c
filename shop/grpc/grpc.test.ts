import { connect, type IncomingHttpHeaders } from 'node:http2'
import protobuf from 'protobufjs'
import { expect, onTestFinished, test } from 'vitest'
import { visit } from '../../test/doubles/shopper.ts'
import { read } from '../../test/pages.ts'
import { CATALOG_PROTO } from './proto.ts'

const service = protobuf.parse(CATALOG_PROTO).root.lookupService('hipstershop.ProductCatalogService')

/** Calls a method with messages, and gives what came: messages, and the status. */
async function call(name: string, asked: readonly object[], faults: readonly string[] = []) {
  const { shop } = await visit({ faults })
  const session = connect(shop.url)
  onTestFinished(() => session.destroy())
  const method = service.methods[name]
  method?.resolve()
  const stream = session.request({
    ':method': 'POST',
    ':path': `/hipstershop.ProductCatalogService/${name}`,
    'content-type': 'application/grpc',
  })
  let bytes = Buffer.alloc(0)
  let status: string | undefined
  stream.on('data', (chunk: Buffer) => (bytes = Buffer.concat([bytes, chunk])))
  stream.on('trailers', (trailers: IncomingHttpHeaders) => {
    status = `${String(trailers['grpc-status'])} ${String(trailers['grpc-message'])}`
  })
  for (const one of asked) {
    const message = method?.resolvedRequestType?.encode(one).finish() ?? new Uint8Array()
    const head = Buffer.alloc(5)
    head.writeUInt32BE(message.length, 1)
    stream.write(Buffer.concat([head, message]))
  }
  stream.end()
  await new Promise((resolve) => {
    stream.on('close', resolve)
    stream.on('error', resolve)
  })
  const messages: unknown[] = []
  for (; bytes.length > 0; bytes = bytes.subarray(5 + bytes.readUInt32BE(1)))
    messages.push(method?.resolvedResponseType?.decode(bytes.subarray(5, 5 + bytes.readUInt32BE(1))).toJSON())
  return { messages, status }
}

test('a call is answered, once or often, and told what is not there', async () => {
  expect(await call('GetProduct', [{ id: '6E92ZMYYFZ' }])).toMatchObject({
    messages: [{ name: 'Mug', priceUsd: { currencyCode: 'USD', units: '8', nanos: 990_000_000 } }],
    status: '0 ',
  })
  expect(await call('GetProduct', [{ id: 'NO' }])).toEqual({
    messages: [],
    status: '5 no%20product%20with%20ID%20NO',
  })
  expect((await call('WatchPrice', [{ id: '6E92ZMYYFZ', count: 2 }])).messages).toHaveLength(2)
  const quoted = await call('QuotePrices', [{ id: '6E92ZMYYFZ' }, { id: 'OLJCESPC7Z' }])
  expect(quoted).toMatchObject({ messages: [{ id: '6E92ZMYYFZ' }, { id: 'OLJCESPC7Z' }], status: '0 ' })
  expect((await call('SearchProducts', [{ query: 'mustard' }])).messages).toMatchObject([
    { results: [{ name: 'Mug' }] },
  ])
})

test('faults are UNAVAILABLE, or the end of the connection', async () => {
  expect(await call('ListProducts', [{}], ['errors=/grpc:1'])).toEqual({
    messages: [],
    status: '14 fault%3A%20errors%3D%2Fgrpc%3A1',
  })
  expect(await call('ListProducts', [{}], ['drop=/grpc:1'])).toEqual({ messages: [], status: undefined })
})

test('the definition that examples show is the one that the shop serves', () => {
  expect(read('examples/catalog.proto')).toBe(CATALOG_PROTO)
})
