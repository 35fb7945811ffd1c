import type { InstancePart } from '../../project/index.ts'
import type { RunRecord } from '../../record/index.ts'
import type { Images } from './images.ts'
import type { RunnerLoad } from '../sizing/pods.ts'
import type { Names } from './names.ts'

/** A variable of a container, as Kubernetes writes it. */
export type EnvVar =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string
      readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
    }

/** The part of a load that one cluster of several makes: a region. */
export interface Share {
  readonly region: string
  /** One for each of its runners. */
  readonly parts: readonly Omit<InstancePart, 'port'>[]
}

/** A test in a cluster, decided: what its objects are made of. */
export interface ClusterTest {
  readonly names: Names
  /** Where its objects are; where the cluster's client is, if nobody names one. */
  readonly namespace: string | undefined
  /** The bundle, and the name of its file. */
  readonly bundle: { readonly file: string; readonly code: Buffer }
  /** How many there are in this cluster. */
  readonly runners: number
  /** What is made here of a load that several clusters make; undefined where it is all of it. */
  readonly share?: Share | undefined
  /** What each of them has to do. */
  readonly load: RunnerLoad
  /** Variables of the script. */
  readonly env: readonly EnvVar[]
  /** k6's arguments, beside those that the operator gives. */
  readonly args: readonly string[]
  readonly images: Images
  /** The run's record as it begins. */
  readonly started: RunRecord
  /** The length of a window of its series, seconds. */
  readonly windowSeconds: number
  /** The collector's program. */
  readonly program: string
}

/** An object of a cluster. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [key: string]: unknown
}

/** What is read of a TestRun's spec. */
export interface TestRunSpec {
  readonly parallelism: number
  readonly args?: readonly string[]
  readonly runner?: { readonly env?: readonly EnvVar[]; readonly [key: string]: unknown }
  readonly [key: string]: unknown
}
