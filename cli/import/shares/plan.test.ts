import { expect, test } from 'vitest'
import type { ImportableJourney } from '../../project/index.ts'
import { createRoutes } from '../logs/routes.ts'
import { journeysPlan } from './plan.ts'

function routesOf(counts: Readonly<Record<string, number>>) {
  const routes = createRoutes()
  for (const [request, count] of Object.entries(counts)) {
    const [method = '', path = ''] = request.split(' ')
    for (let made = 0; made < count; made++)
      routes.add({ method, path: path.replace('#', String(made)), status: 200, value: path, replayed: true })
  }
  return { routes: routes.all() }
}
const journey = (
  name: string,
  ...requests: [name: string, request: string, count?: number][]
): ImportableJourney => ({
  name,
  variable: name,
  from: './journeys.ts',
  known: 'walked',
  requests: requests.map(([own, request, count = 1]) => {
    const [method = '', path = ''] = request.split(' ')
    return { name: own, method, path, count }
  }),
})

test('requests are those of the log by their name, or by their path, the most literal first', () => {
  const { mix, uncovered, expected } = journeysPlan(
    routesOf({ 'GET /order/#': 40, 'GET /order/new': 10, 'POST /order': 5, 'GET /other': 3 }),
    [
      journey('a', ['/order/:id', 'GET /order/undefined', 4], ['new', 'GET /order/new']),
      journey('b', ['POST /order', 'POST /order']),
    ],
  )
  expect(mix.map(({ name, count }) => `${name} ${count}`)).toEqual([
    '/order/:id 40',
    'new 10',
    'POST /order 5',
    '/other 3',
  ])
  expect(uncovered).toHaveLength(1)
  expect([...expected].map(([name, count]) => `${name} ${Math.round(count)}`)).toEqual([
    '/order/:id 40',
    'new 10',
    'POST /order 5',
  ])
})

test('a path of two names is divided as the journeys do, and two paths of one name are together', () => {
  const { mix } = journeysPlan(routesOf({ 'GET /': 90, 'GET /a': 30, 'GET /b': 30 }), [
    journey('one', ['home', 'GET /', 2], ['home again', 'GET /'], ['page', 'GET /a'], ['page', 'GET /b']),
  ])
  expect(mix.map(({ name, count }) => `${name} ${count}`)).toEqual(['home 60', 'page 60', 'home again 30'])
})

test('what cannot be told is named', () => {
  const { fitted, twins, absent, extra } = journeysPlan(routesOf({ 'GET /a': 60, 'GET /b': 30 }), [
    journey('one', ['a', 'GET /a']),
    journey('same', ['a', 'GET /a', 3]),
    journey('b', ['b', 'GET /b'], ['c', 'GET /c']),
    journey('elsewhere', ['d', 'GET /d']),
  ])
  expect([twins, absent, extra]).toEqual([[['one', 'same']], ['elsewhere'], ['c']])
  expect(fitted.map((one) => one.journey.name)).toEqual(['one', 'same', 'b'])
  expect(journeysPlan(routesOf({ 'GET /a': 1 }), [journey('z', ['z', 'GET /z'])]).fitted).toEqual([])
})
