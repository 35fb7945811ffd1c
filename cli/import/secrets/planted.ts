/** Names and values of secrets that no importer may write, whatever it reads. */
export const PLANTED: readonly (readonly [name: string, value: string])[] = [
  ['password1', 'correct horse'],
  ['passphrase', 'k1=v1:x'],
  ['newpassword', 'swordfish'],
  ['pw', 'swordfish6'],
  ['securityAnswer', 'Fluffy the cat'],
  ['authKey', 'ABCDEFGH12'],
  ['clientCredential', 'swordfish2'],
  ['sessionId', 'ab12cd34ef'],
  ['sid', 'abc12345'],
  ['loginCode', 'hunterfish'],
  ['code', 'SplxlOBeZQQYbYS6WxSbIA'],
  ['code', 'swordfish3'],
  ['key', 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'],
  ['access_key', '0123456789abcdef0123456789abcdef'],
  ['private_key', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
  ['auth', 'dXNlcjpzd29yZGZpc2g='],
  ['X-Auth', 'letmein'],
  ['X-Session-Id', 'ab12cd34eg'],
  ['Ocp-Apim-Subscription-Key', 'abcdefgh'],
  ['X-Client-Credential', 'swordfish9'],
  ['apiKey', '4b1f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b'],
  ['passwords', 'swordfish0'],
  ['pin', '12345678901234567890'],
  ['sig', 'x9%2FabcDEF123='],
  ['X-Amz-Signature', 'deadbeefcafe0001'],
  ['hmac', 'swordfish77'],
]

/** Names and values beside them that are no secrets. */
export const OPEN: readonly (readonly [name: string, value: string])[] = [
  ['monkey', 'banana12345'],
  ['keyboard', 'qwerty-105'],
  ['author', 'ada1815lovelace'],
  ['passenger', 'grace1906'],
  ['compass', 'north2024'],
  ['sidebar', 'left-12345'],
  ['remember_password', 'on'],
  ['sort_key', 'price'],
  ['token_type', 'bearer'],
  ['countryCode', 'DE-BERLIN1'],
  ['tokenUrl', '/oauth/token'],
  ['password_field', '#password1'],
  ['max_tokens', '100000'],
  ['signal', 'strong1234'],
  ['design', 'classic2026'],
  ['signup', 'summer2026'],
  ['signature', 'Kind regards, Ada'],
]

/** Secrets that are names of fields: of an object, a form, a query. */
export const PLANTED_NAMES: readonly string[] = [
  'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWZ',
  'SplxlOBeZQQYbYS6WxSbIB',
  '4111111111111111',
  'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
  '0123456789abcdef0123456789abcdee',
]
