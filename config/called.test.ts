import { expect, it } from 'vitest'
import { calledName } from './called.ts'

const names = (text: string, whole?: string): string[] => {
  const fields = Array.from(new URLSearchParams(text), ([name, own]) => ({ name, text: own }))
  return fields.map((_, index) => calledName(fields, index, whole))
}

it.each([
  ['name=token&value=x', ['name', 'token']],
  ['value=x&name=token', ['token', 'name']],
  ['value=x&name=a&value=y&name=token', ['a', 'name', 'token', 'name']],
  ['name=a&value=x&name=token&value=y', ['name', 'a', 'name', 'token']],
  ['f[0][name]=a&f[0][value]=x&f[1][name]=pin&f[1][value]=y', ['f[0][name]', 'a', 'f[1][name]', 'pin']],
  ['type=password&value=x', ['type', 'password']],
  ['type=text&value=x', ['type', 'value']],
  ['name=password&content=x', ['name', 'password']],
  ['name=city&content=x', ['name', 'content']],
  ['name=city&content=x&value=password', ['name', 'content', 'city']],
])('of %s the names are %j', (text, expected) => {
  expect(names(text)).toEqual(expected)
})

it('takes the name of what has the value in it where nothing else says it', () => {
  expect(names('S=x', 'password')).toEqual(['password'])
  expect(names('value=x', 'city')).toEqual(['city'])
  expect(names('value=x')).toEqual(['value'])
  expect(names('user=x', 'credentials')).toEqual(['user'])
})
