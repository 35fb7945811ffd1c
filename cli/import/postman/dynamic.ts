/** A variable that Postman makes by itself, as an expression. */
export interface Made {
  text: string
  /** Whether it is a number, which in a text has to be put into one. */
  number?: boolean
  /** The name of the library that it uses. */
  uses?: string
}

const one = (list: readonly string[]): Made => ({
  text: `oneOf([${list.map((text) => `'${text}'`).join(', ')}])`,
  uses: 'oneOf',
})
const whole = (least: number, most: number): Made => ({
  text: `integer(${least}, ${most})`,
  number: true,
  uses: 'integer',
})
const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara']
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov']
const UUID: Made = { text: 'crypto.randomUUID()' }

const MADE: ReadonlyMap<string, Made> = new Map<string, Made>([
  ['guid', UUID],
  ['randomUUID', UUID],
  ['timestamp', { text: 'Math.round(Date.now() / 1000)', number: true }],
  ['isoTimestamp', { text: 'new Date().toISOString()' }],
  ['randomInt', whole(0, 1000)],
  ['randomPrice', whole(1, 1000)],
  ['randomBoolean', { text: 'oneOf([true, false])', number: true, uses: 'oneOf' }],
  ['randomAlphaNumeric', { text: 'integer(0, 35).toString(36)', uses: 'integer' }],
  ['randomFirstName', one(FIRST)],
  ['randomLastName', one(LAST)],
  ['randomFullName', one(FIRST.map((name, index) => `${name} ${LAST[index] ?? ''}`))],
  ['randomEmail', { text: '`user-${crypto.randomUUID()}@example.com`' }],
  ['randomExampleEmail', { text: '`user-${crypto.randomUUID()}@example.com`' }],
  ['randomUserName', { text: '`user-${crypto.randomUUID()}`' }],
  ['randomPhoneNumber', { text: '`555-010-${integer(1000, 9999)}`', uses: 'integer' }],
  ['randomCity', one(['Berlin', 'Lyon', 'Porto', 'Oslo', 'Graz'])],
  ['randomCountry', one(['Germany', 'France', 'Portugal', 'Norway', 'Austria'])],
  ['randomCountryCode', one(['DE', 'FR', 'PT', 'NO', 'AT'])],
  ['randomColor', one(['red', 'green', 'blue', 'grey', 'black'])],
  ['randomProductName', one(['Chair', 'Lamp', 'Mug', 'Scarf', 'Watch'])],
  ['randomCompanyName', one(['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli'])],
])

/** What Postman’s `{{$name}}` is here; other random words are a word with a number. */
export function dynamicValue(name: string): Made & { known: boolean } {
  const made = MADE.get(name)
  return made === undefined
    ? { text: '`word${integer(1, 9999)}`', uses: 'integer', known: false }
    : Object.assign({ known: true }, made)
}
