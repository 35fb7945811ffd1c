import type { CloudConfig } from '../../config/cloud.ts'

/** What a cloud run asked for, and where it is to be seen. */
export interface CloudRun {
  /** The test's name, by which the cloud knows it. */
  name: string
  /** The run's page; absent where none was started. */
  link?: string
  project?: number
  stack?: number
  /** It ran here, and sent its metrics there. */
  localExecution: boolean
  /** Planned: the most VUs × hours; absent where they are not known. */
  vuHours?: number
  distribution?: NonNullable<CloudConfig['distribution']>
}
