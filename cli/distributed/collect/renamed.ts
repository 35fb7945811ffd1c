import {
  encodedMessage,
  labelBytes,
  labelsOf,
  notAMessage,
  pack,
  seriesOf,
  unpacked,
  type RawSeries,
} from '../../prometheus/index.ts'

/** The label by which the instances of a run tell themselves apart. */
const LABEL = 'instance_id'

/** A push (Snappy) as one of this instance; no value in it is decoded. Throws a RecordError where it is no push. */
export function renamed(body: Buffer, instance: string): Buffer {
  const name = labelBytes(LABEL, instance)
  const series = read(unpacked(body)).map(({ labels, points }) => ({
    labels: labels.map((label) => (isName(label) ? name : label)),
    points,
  }))
  return Buffer.from(pack(encodedMessage(series)))
}

const isName = (label: Uint8Array): boolean => LABEL in labelsOf({ labels: [label], points: [] })

function read(message: Uint8Array): RawSeries[] {
  try {
    return seriesOf(message)
  } catch (error) {
    throw notAMessage(error)
  }
}
