import { expect, it } from 'vitest'
import { isLogIn, itemName, logInWords } from './logIn.ts'
import { secretWords, wordName } from './secretWords.ts'

it.each([
  ['login ada s3cret', 's3cret'],
  ['LOGIN ada swordfish', 'swordfish'],
  ['/login ada swordfish', 'swordfish'],
  ['hello\nlogin ada s3cret\nbye', 's3cret'],
  ['sign_in ada@example.com p@ssword', 'p@ssword'],
  ['login ada 918273', '918273'],
  ['auth s3cret', 's3cret'],
  ['authenticate ada s3cret!', 's3cret!'],
  ['1|login|ada|swordfish', 'swordfish'],
  ['PRIVMSG NickServ :IDENTIFY s3cret', 's3cret'],
])('%s has a password', (text, word) => {
  expect(logInWords(text)).toEqual([word])
  if (text.length >= 8) expect(secretWords('', text)).toContain(word)
  expect(wordName('', text, word)).toBe('password')
})

it.each([
  'login failed again',
  'login with google',
  'LOGIN WITH GOOGLE',
  'login as admin2026',
  'login ada',
  'login ada1815',
  'login since 2026-11-30',
  'login ada ada@example.com',
  'sign in here please',
  'please login ada s3cret',
  'auth v1.2.3',
  'pass on',
  'password forgotten',
  'identify yourself',
  'author ada s3cret',
  'login,Ada',
])('%s is a sentence', (text) => expect(logInWords(text)).toEqual([]))

it('a list is called by its first item', () => {
  expect(itemName(['X-Api-Key', 'a'], 1)).toBe('X-Api-Key')
  expect(itemName(['key', 'color', 'x'], 1)).toBeUndefined()
  expect(itemName(['login', 'ada', 's3cret'], 2)).toBe('password')
  expect(itemName(['login', 'button', 'click'], 2)).toBeUndefined()
  expect(['login', 'api.auth', 'user_signIn'].every(isLogIn)).toBe(true)
  expect(['author', 'loginPage', 'design'].some(isLogIn)).toBe(false)
})
