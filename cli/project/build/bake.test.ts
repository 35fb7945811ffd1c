import { expect, test } from 'vitest'
import { bakedFrom } from './bake.ts'

const baked = (...set: string[]) => bakedFrom(set, {})

test('settings are baked as they were written', () => {
  expect(baked('PROFILE=load', 'BASE_URL=http://127.0.0.1:9/x?'.slice(0, -1))).toEqual({
    PROFILE: 'load',
    BASE_URL: 'http://127.0.0.1:9/x',
  })
  expect(baked()).toEqual({})
})

test('every problem is told at once, and the value of a secret is not', () => {
  expect(() =>
    baked('API_TOKEN=sekrit', 'PROFILE=laod', 'SCALE', 'BASE_URL=https://shop.example.com'),
  ).toThrow(
    /^4 problems:\n.*"API_TOKEN".*k6\/secrets[\s\S]*KEY=VALUE[\s\S]*"laod".*Did you mean "load"[\s\S]*shop\.example\.com/,
  )
  expect(() => baked('API_TOKEN=sekrit')).not.toThrow(/sekrit/)
})

test('a target of another environment is baked with that environment', () => {
  const config = { environments: { production: { hosts: ['shop.example.com'] } } }
  const set = ['ENVIRONMENT=production', 'BASE_URL=https://shop.example.com']
  expect(bakedFrom(set, config)).toEqual({
    ENVIRONMENT: 'production',
    BASE_URL: 'https://shop.example.com',
  })
})
