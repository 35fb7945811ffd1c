import { secretIn } from '../../../config/secrets.ts'
import { isCardNumber } from './cardNumber.ts'
import { isPersonal } from './isHidden.ts'
import { isRandom, isUuid } from './madeByMachine.ts'

/** Whether the name of a field is a value itself: a token, an id that a machine made, an address of a person. */
export const isKeyValue = (name: string): boolean =>
  secretIn(name) !== undefined || isCardNumber(name) || isPersonal(name) || isUuid(name) || isRandom(name)
