import type { Tolerance } from '../../../config/gate.ts'
import type { PatternLevel } from '../../../config/workload/load.ts'
import type { ProfileName } from '../../../config/workload/profiles.ts'
import type { Preset, PresetRequest, PresetThreshold } from './preset.ts'

/** A preset as it is in its file: what has a problem is missing. */
export interface Draft extends Partial<
  Pick<
    Preset,
    | 'name'
    | 'description'
    | 'target'
    | 'environment'
    | 'rampUp'
    | 'warmUp'
    | 'duration'
    | 'rampDown'
    | 'suite'
    | 'limits'
    | 'monitor'
  >
> {
  profile?: ProfileName
  load?: { vus?: number; rate?: number; pattern?: readonly (Partial<PatternLevel> | undefined)[] }
  think?: string | readonly (string | undefined)[]
  requests?: readonly (DraftRequest | undefined)[]
  journeys?: readonly (string | Readonly<Record<string, number>> | undefined)[]
  thresholds?: Readonly<Record<string, PresetThreshold | readonly (PresetThreshold | undefined)[]>>
  regions?: readonly (string | undefined)[] | Readonly<Record<string, number>>
  tolerances?: readonly (Tolerance | undefined)[]
}

/** A request as it is in a file. */
export type DraftRequest = Partial<Omit<PresetRequest, 'at'>>

/** Says what is wrong at a path of the file, such as `requests[0].path`. */
export type Tell = (path: string, got: string, allowed: string, fix?: string) => void
