import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from '../importRecording.ts'
import { readLocust } from './readLocust.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-locust-'))
afterAll(() => rmSync(scratch, { recursive: true }))

async function imported(text: string) {
  const path = join(scratch, 'locustfile.py')
  writeFileSync(path, text)
  return importRecording(path)
}

test('the weights of tasks become the shares of a mix', async () => {
  const { text, name, files, report } = await imported(
    readFileSync(join(import.meta.dirname, 'fixtures/locustfile.py.txt'), 'utf8'),
  )
  const beside = files.map((one) => `\n/* ${one.name}\n${one.text}*/\n`).join('')
  await expect(`${text}\n/*\n${report(`suites/${name}.ts`)}\n*/\n${beside}`).toMatchFileSnapshot(
    join(import.meta.dirname, '../fixtures/locustfile.py.imported'),
  )
})

test('tasks by decorators, of classes with weights, with paths that Python makes', () => {
  const { requests, wait, perTask } = readLocust(`
from locust import HttpUser, task, constant

IDS = ["a1", "a2"]

class Shopper(HttpUser):
    weight = 3
    wait_time = constant(2)

    @task(4)
    def look(self):
        self.client.get(f"/item/{random.choice(IDS)}?page=1", name="item")
        self.client.get('/cart')

    @task
    def buy(self):
        self.client.post("/cart", json={"id": 1})

class Admin(HttpUser):
    @task(2)
    def users(self):
        self.client.get(f"/users/{self.user_id}")
`)
  expect(requests.map(({ method, template, weight, paths }) => [method, template, weight, ...paths])).toEqual(
    [
      ['GET', '/cart', 12, '/cart'],
      ['GET', '/item/:id', 12, '/item/a1?page=1', '/item/a2?page=1'],
      ['GET', '/users/:id', 5],
      ['POST', '/cart', 3, '/cart'],
    ],
  )
  expect([wait, Math.round(perTask * 100) / 100]).toEqual([[2, 2], 1.6])
})

test('decorators of any form, lists of several classes, parameters and names are read; the rest is told', () => {
  const { requests, wait, host, unread } =
    readLocust(`from locust import FastHttpUser, HttpUser, SequentialTaskSet, task, constant_throughput, between

def index(user):
    user.client.get("/")

def about(user):
    user.client.get("/about")  # rarely (or never)

class Visitor(HttpUser):
    host = "https://shop.example.com"
    wait_time = constant_throughput(0.5)
    tasks = {
        index: 3,  # most
        about: 1,
    }

class Reader(FastHttpUser):
    weight = 2
    wait_time = between(1, 2)
    tasks = [about]

class Buying(SequentialTaskSet):
    @task(3)  # three times
    def search(self):
        self.client.get("/search", params={"q": "mug, red", 'page': 2}, name="search")
        self.client.get("/list?a=1", params={"page": 1,}, headers={"X-A": "b"}, timeout=3)
    @task(weight=2)
    @tag("slow")
    def look(self):
        self.client.get("/look", params=self.params, auth=("a", "b"))
        with self.rest("GET", "/api", headers=HEADERS) as resp:
            pass

class Buyer(HttpUser):
    fixed_count = 1
    wait_time = lambda self: 3
    tasks = [Buying]
`)
  expect(requests.map(({ name, weight, paths }) => [name, weight, ...paths])).toEqual([
    ['/about', 45, '/about'],
    ['/', 15, '/'],
    ['/list', 12, '/list?a=1&page=1'],
    ['search', 12, '/search?q=mug%2C+red&page=2'],
    ['/api', 8, '/api'],
    ['/look', 8, '/look'],
  ])
  expect([wait, host]).toEqual([[2, 2], 'https://shop.example.com'])
  expect(unread).toEqual([
    { place: 'line 19', text: 'the first wait is taken for all users: wait_time = between(1, 2)' },
    {
      place: 'line 22',
      text: 'Buying does its tasks in their order: here they are single requests, as often, in any order',
    },
    { place: 'line 26', text: 'its request is sent without headers' },
    { place: 'line 30', text: 'its request is sent without params, auth' },
    { place: 'line 31', text: 'its request is sent without headers' },
    { place: 'line 34', text: 'Buyer has a fixed count of users: it counts by its weight' },
    { place: 'line 36', text: 'Python makes this wait: wait_time = lambda self: 3' },
  ])
})

test('what is not read is told by its line, and what a text is filled with is no part of the address', () => {
  const { requests, unread } = readLocust(`from locust import HttpUser, TaskSet, task
IDS = ["a1", "a2"]
class Shopper(HttpUser):
    def on_start(self):
        self.client.post("/login", {"user": "ann"})

    @task(3)
    class Browse(TaskSet):
        @task
        def look(self):
            self.client.get(url="/list")
            self.client.get("/item/%s" % random.choice(IDS))
            self.client.get("/part/{}".format(random.choice(IDS)), name="part")
            self.client.get("/thing/%d/%s" % (self.a, self.b))
            self.client.request("GET", "/asked")
            self.client.headers.update({})
            self.client.get(
                self.next)
`)
  expect(requests.map(({ template, paths }) => [template, ...paths])).toEqual([
    ['/asked', '/asked'],
    ['/item/:id', '/item/a1', '/item/a2'],
    ['/list', '/list'],
    ['/thing/:id/:id'],
    ['/part/:id', '/part/a1', '/part/a2'],
  ])
  expect(unread).toEqual([
    { place: 'line 5', text: 'on_start() is no task: its request is left out' },
    { place: 'line 8', text: 'Browse is a set of tasks in another: they count by their own weights alone' },
    { place: 'line 16', text: 'headers of its client are not kept' },
    { place: 'line 17', text: 'the address of its request is made by Python' },
  ])
})

test.each([
  ['no task', 'from locust import HttpUser\n', 'locustfile.py: no task with a request can be read'],
  [
    'only what Python makes',
    'from locust import HttpUser, task\nclass A(HttpUser):\n    @task\n    def a(self):\n        self.client.get(f"/a/{x}")\n',
    'locustfile.py: none of its requests can be sent as they are: /a/:id, weight 1: its address is made by Python',
  ],
])('%s is refused in a sentence', async (_, text, told) => {
  await expect(imported(text)).rejects.toThrow(told)
})
