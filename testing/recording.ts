import type { Recording } from './types.ts'

/** An empty recording; what was declared at init may be carried over. */
export function createRecording(declared?: Pick<Recording, 'metrics' | 'sharedArrays'>): Recording {
  return {
    requests: [],
    acts: [],
    checks: [],
    samples: [],
    sleeps: [],
    logs: [],
    groups: [],
    failed: [],
    metrics: declared?.metrics ?? [],
    sharedArrays: declared?.sharedArrays ?? [],
    warnings: [],
    answersRead: 0,
    returned: [],
    errors: [],
  }
}
