import type { Instance } from '../record/index.ts'

/** A process of k6 in words: its version, its part of the load where it has one, how it ended. */
export const instanceText = ({
  k6,
  segment,
  exit,
  lost,
}: Pick<Instance, 'k6' | 'segment' | 'exit' | 'lost'>): string =>
  [
    k6.version,
    segment === undefined ? '' : `segment ${segment}`,
    exit === undefined ? '' : `exit code ${exit}`,
    lost ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ')
