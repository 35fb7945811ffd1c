import { code, mixed, type Value } from '../traffic/value.ts'

/** A variable that Postman makes by itself, as a value of the suite. */
export interface Made {
  /** A number is one in a text, which JSON may unwrap. */
  value: Value
  /** The name of the library that it uses. */
  uses?: string
  /** Whether it is none of Postman's that has a like here. */
  other?: true
}

const plain = (text: string): Made => ({ value: code(text) })
const inText = (text: string, uses?: string): Made => ({
  value: { type: 'mixed', parts: [code(text)] },
  ...(uses === undefined ? undefined : { uses }),
})
const whole = (least: number, most: number): Made => inText(`integer(${least}, ${most})`, 'integer')
const one = (...list: readonly string[]): Made => ({
  value: code(`oneOf([${list.map((text) => `'${text}'`).join(', ')}])`),
  uses: 'oneOf',
})
const ID = code('crypto.randomUUID()')
const EMAIL: Made = { value: mixed(['user-', ID, '@example.com']) }

const MADE: ReadonlyMap<string, Made> = new Map<string, Made>([
  ['guid', { value: ID }],
  ['randomUUID', { value: ID }],
  ['timestamp', inText('Math.round(Date.now() / 1000)')],
  ['isoTimestamp', plain('new Date().toISOString()')],
  ['randomInt', whole(0, 1000)],
  ['randomPrice', whole(1, 1000)],
  ['randomBoolean', inText('oneOf([true, false])', 'oneOf')],
  ['randomFirstName', one('Ada', 'Grace', 'Alan', 'Barbara')],
  ['randomLastName', one('Lovelace', 'Hopper', 'Turing', 'Liskov')],
  ['randomFullName', one('Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Barbara Liskov')],
  ['randomEmail', EMAIL],
  ['randomExampleEmail', EMAIL],
  ['randomUserName', { value: mixed(['user-', ID]) }],
  ['randomPhoneNumber', { value: mixed(['555-010-', code('integer(1000, 9999)')]), uses: 'integer' }],
  ['randomCity', one('Berlin', 'Lyon', 'Porto', 'Oslo')],
  ['randomCountry', one('Germany', 'France', 'Portugal', 'Norway')],
  ['randomCountryCode', one('DE', 'FR', 'PT', 'NO')],
  ['randomColor', one('red', 'green', 'blue', 'grey')],
  ['randomProductName', one('Chair', 'Lamp', 'Mug', 'Scarf')],
  ['randomCompanyName', one('Acme', 'Globex', 'Initech', 'Hooli')],
])
const OTHER: Made = { value: mixed(['word', code('integer(1, 9999)')]), uses: 'integer', other: true }

/** What Postman’s `{{$name}}` is here; other random words are a word with a number. */
export const dynamicValue = (name: string): Made => MADE.get(name) ?? OTHER
