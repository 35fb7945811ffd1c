import { UserError } from '../../base/index.ts'
import type { Made } from '../made.ts'
import { madeOfPlan, reservedFor } from '../madeOfPlan.ts'
import type { Note } from '../recording.ts'
import type { Raw } from '../studio/raw.ts'
import { addressIn } from './address.ts'
import { itemsOf, type Item } from './collection.ts'
import { givenVariables } from './given.ts'
import type { RawCollection } from './kind.ts'
import { lookAtCollection } from './look.ts'
import { postmanPlan } from './plan.ts'
import { UNKNOWN_ORIGIN } from './requests.ts'

const KIND = 'a collection of Postman'
/** More are not one journey. */
const MAX_REQUESTS = 2000

/** An environment of Postman, and the file that it is in. */
export interface Environment {
  file: string
  raw: Raw
}

/** Makes a suite of a collection: the same files make the same text. Throws UserError where it has no request. */
export function convertPostman(
  collection: RawCollection,
  environment: Environment | undefined,
  file: string,
  name: string,
  notes: readonly Note[],
): Made {
  const items = itemsOf(collection)
  refuseUnfit(items, file)
  const given = givenVariables(collection, environment?.raw)
  const { plan, variables, left, opens } = postmanPlan(items, given, reservedFor(name), file)
  const hide = plan.lifted.hide
  const made = madeOfPlan(plan, {
    kind: KIND,
    file,
    name,
    recorded: false,
    base: plan.base === UNKNOWN_ORIGIN ? undefined : plan.base,
    constants:
      variables.constants.size === 0
        ? []
        : [[...variables.constants].map(([own, value]) => `const ${own} = ${value}`).join('\n')],
    opens,
    used: [...variables.used],
    secrets: [...variables.asked],
    left: left.map(hidden(hide)),
    look: [...notes, ...lookAtCollection(plan, variables, items, environment?.file)].map(hidden(hide)),
  })
  return made
}

const hidden =
  (hide: (text: string) => string) =>
  ({ text, place }: Note): Note => ({
    text: hide(text),
    ...(place === undefined ? undefined : { place: hide(place) }),
  })

function refuseUnfit(items: readonly Item[], file: string): void {
  if (items.length === 0) throw new UserError(`${file}: the collection has no request`)
  if (items.length > MAX_REQUESTS)
    throw new UserError(
      `${file}: got ${items.length} requests; allowed: ${MAX_REQUESTS}: export the folder of one journey alone`,
    )
  if (items.every(({ request }) => addressIn(request.url) === undefined))
    throw new UserError(`${file}: none of its ${items.length} requests has an address`)
}
