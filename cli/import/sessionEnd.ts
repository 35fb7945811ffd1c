import { wordsOf } from './secrets/wordsOf.ts'

const ENDS =
  /^(?:\w+ )?(?:(?:log|sign) ?(?:out|off)|(?:end|close|revoke|destroy|terminate) session)(?: \w+)?$/i

/** Whether a name or a path says that it ends a session: `logoutUser`, `/account/sign-out`. */
export const endsSession = (name: string): boolean => ENDS.test(wordsOf(name))
