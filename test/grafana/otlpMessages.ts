import { Root } from 'protobufjs/light.js'

/** An attribute, its value as text. */
export interface WireAttribute {
  readonly key: string
  readonly value: string
}

/** A value at a time (ns since 1970). */
export interface WirePoint {
  readonly attributes: readonly WireAttribute[]
  readonly time: bigint
  readonly value: number
}

/** A histogram at a time: counts between bounds, one more than there are bounds. */
export interface WireHistogramPoint extends Omit<WirePoint, 'value'> {
  readonly count: number
  readonly sum: number
  readonly counts: readonly number[]
  readonly bounds: readonly number[]
}

/** A metric with what it has: a gauge, a sum or a histogram. Temporality 1 is delta, 2 cumulative. */
export interface WireMetric {
  readonly name: string
  readonly unit: string
  readonly gauge?: null | { readonly dataPoints: readonly WirePoint[] }
  readonly sum?: null | {
    readonly dataPoints: readonly WirePoint[]
    readonly aggregationTemporality: number
    readonly isMonotonic: boolean
  }
  readonly histogram?: null | {
    readonly dataPoints: readonly WireHistogramPoint[]
    readonly aggregationTemporality: number
  }
}

/** What one request exports. */
export interface WireExport {
  readonly resourceMetrics: readonly {
    readonly resource?: null | { readonly attributes: readonly WireAttribute[] }
    readonly scopeMetrics: readonly { readonly metrics: readonly WireMetric[] }[]
  }[]
}

const many = (type: string, id: number) => ({ rule: 'repeated', type, id }) as const
const one = (type: string, id: number) => ({ type, id }) as const

/** Field numbers of `opentelemetry/proto/{collector/metrics,metrics,common,resource}/v1`; what is left out is skipped. */
const root = Root.fromJSON({
  nested: {
    Export: { fields: { resourceMetrics: many('ResourceMetrics', 1) } },
    ResourceMetrics: { fields: { resource: one('Resource', 1), scopeMetrics: many('ScopeMetrics', 2) } },
    Resource: { fields: { attributes: many('KeyValue', 1) } },
    ScopeMetrics: { fields: { metrics: many('Metric', 2) } },
    Metric: {
      fields: {
        name: one('string', 1),
        unit: one('string', 3),
        gauge: one('Gauge', 5),
        sum: one('Sum', 7),
        histogram: one('Histogram', 9),
      },
    },
    Gauge: { fields: { dataPoints: many('Point', 1) } },
    Sum: {
      fields: {
        dataPoints: many('Point', 1),
        aggregationTemporality: one('int32', 2),
        isMonotonic: one('bool', 3),
      },
    },
    Histogram: { fields: { dataPoints: many('HistogramPoint', 1), aggregationTemporality: one('int32', 2) } },
    Point: {
      oneofs: { is: { oneof: ['asDouble', 'asInt'] } },
      fields: {
        attributes: many('KeyValue', 7),
        timeUnixNano: one('fixed64', 3),
        asDouble: one('double', 4),
        asInt: one('sfixed64', 6),
      },
    },
    HistogramPoint: {
      fields: {
        attributes: many('KeyValue', 9),
        timeUnixNano: one('fixed64', 3),
        count: one('fixed64', 4),
        sum: one('double', 5),
        bucketCounts: many('fixed64', 6),
        explicitBounds: many('double', 7),
      },
    },
    KeyValue: { fields: { key: one('string', 1), value: one('AnyValue', 2) } },
    AnyValue: { fields: { stringValue: one('string', 1), intValue: one('int64', 3) } },
  },
})

const message = root.lookupType('Export')

/** The same as protobufjs gives it, with 64-bit integers as text. */
interface Plain {
  attributes: { key: string; value?: { stringValue?: string; intValue?: string } }[]
  timeUnixNano: string
  asDouble?: number
  asInt?: string
  count: string
  sum: number
  bucketCounts: string[]
  explicitBounds: number[]
  dataPoints: Plain[]
}

/** What a request exports; throws where it is no such message. */
export function decodeExport(body: Uint8Array): WireExport {
  const plain: unknown = message.toObject(message.decode(body), { longs: String, defaults: true })
  return JSON.parse(JSON.stringify(plain), read) as WireExport
}

function read(key: string, value: unknown): unknown {
  if (key === 'attributes')
    return (value as Plain['attributes']).map((attribute) => ({
      key: attribute.key,
      value: attribute.value?.stringValue ?? attribute.value?.intValue ?? '',
    }))
  if (key !== 'dataPoints') return value
  return (value as Plain[]).map((point) => ({
    attributes: point.attributes,
    time: BigInt(point.timeUnixNano),
    ...(Array.isArray(point.bucketCounts)
      ? {
          count: Number(point.count),
          sum: point.sum,
          counts: point.bucketCounts.map(Number),
          bounds: point.explicitBounds,
        }
      : { value: point.asDouble ?? Number(point.asInt) }),
  }))
}
