import { expect, it } from 'vitest'
import { openFileName } from './openFileName.ts'

it.each([
  ['cv-ada.lovelace@example.com.pdf', 'file.pdf'],
  ['cv of ada@example.com (2).pdf', 'file.pdf'],
  ['sk_live_4eC39HqLyjWDarjtT1zdp7dc.pem', 'file.pem'],
  ['SplxlOBeZQQYbYS6WxSbIA', 'file'],
])('%s is %s', (name, open) => expect(openFileName(name)).toBe(open))

it.each([
  'report-2026-q1.pdf',
  'Ada Lovelace.jpg',
  'icon@2x.png',
  'IMG_20260301_101010_HDR.jpg',
  '4b1f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b.png',
  'token.txt',
])('%s stays', (name) => expect(openFileName(name)).toBe(name))
