import { expect, it } from 'vitest'
import { draftOf, type Draft } from './draft.ts'
import { ownWords } from './ownWords.ts'

/** A request whose answer is JSON. */
const answered = (json: object): Draft[] => {
  const draft = draftOf({
    place: '',
    at: 0,
    end: 0,
    method: 'GET',
    url: 'https://shop.example.com/',
    kind: 'data',
    headers: [],
    answer: { status: 200, headers: [], type: 'application/json', text: JSON.stringify(json) },
  })
  return draft === undefined ? [] : [draft]
}

it.each([
  'Hello Jane',
  'Welcome back, Jane!',
  'Willkommen zurück, Jörg',
  "Jane's orders",
  'Logged in as jane',
  'Guten Tag Frau Weber',
])('%s is of one user', (text) => {
  expect(ownWords([], [])(text)).toBe(true)
})

it.each([
  'Welcome to our shop',
  'Orders',
  'Hello',
  "Today's offers are here".toLowerCase(),
  'Shipping to Berlin',
])('%s is of all', (text) => {
  expect(ownWords([], [])(text)).toBe(false)
})

it('knows names of people from answers and from what was typed, as words', () => {
  const drafts = answered({
    user: { name: 'Ann Lee', city: 'Rome' },
    items: [{ name: 'Mug' }],
    firstName: 'Grace',
  })
  const isOwn = ownWords(drafts, ['jane.doe@example.com'])
  expect(['Orders of Ann', 'The LEE page', 'Grace', 'Jane', 'doe'].map(isOwn)).toEqual(Array(5).fill(true))
  expect(['Annual report', 'Mug', 'Rome', 'example'].map(isOwn)).toEqual(Array(4).fill(false))
})
