/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
import exec from 'k6/execution'
import http from 'k6/http'

const T = __ENV.TARGET
const vary = ['Date', 'Connection', 'Keep-Alive', 'Content-Length', 'Transfer-Encoding']

/** A response without what depends on the machine. */
function brief(response) {
  const copy = JSON.parse(JSON.stringify(response))
  for (const key in copy.timings) copy.timings[key] = typeof copy.timings[key]
  for (const name of vary) delete copy.headers[name]
  return copy
}
/** What the server saw. */
const saw = (response) => response.json()
const tell = (label, request) => attempt(label, () => brief(request()))

const accepted = http.expectedStatuses(200, { min: 500, max: 501 })
attempt('expectedStatuses', () => [typeof accepted, JSON.stringify(accepted)])
const { name, url, clean_url } = http.url`http://x/${1}/y`
say('url', [name, url, clean_url])

export default async function () {
  tell('cookies set', () => http.get(T + '/a/login'))
  attempt('same path', () => saw(http.get(T + '/a/b')))
  attempt('other path', () => saw(http.get(T + '/c')))
  attempt('jar', () => [http.cookieJar().cookiesForURL(T + '/a/'), http.cookieJar().cookiesForURL(T + '/')])
  // One at a time: k6 sends several in any order, and the parts of a form too.
  for (const cookies of [
    { one: 'x' },
    { n: 5 },
    { no: null },
    { root: { value: 'y' } },
    { root: { value: 'y', replace: true } },
  ]) {
    attempt('own cookies ' + JSON.stringify(cookies), () => saw(http.get(T + '/a/', { cookies })))
  }
  attempt('jar of its own', () => {
    const jar = new http.CookieJar()
    const set = jar.set(T + '/', 'mine', '1', { path: '/', max_age: 50, http_only: true })
    http.get(T + '/z/login', { jar })
    const sent = saw(http.get(T + '/z/', { jar }))
    return [set, sent, jar.cookiesForURL(T + '/z/'), http.cookieJar().cookiesForURL(T + '/z/')]
  })
  attempt('jar edits', () => {
    const jar = new http.CookieJar()
    jar.set(T + '/', 'a', '1')
    jar.set(T + '/', 'b', '2', { expires: 'Mon, 02 Jan 2006 15:04:05 MST' })
    jar.set(T + '/p/', 'c', '3')
    jar.set(T + '/', 'd', '4', { domain: 'elsewhere.test' })
    jar.set(T + '/', 'e', '5', { secure: true })
    const all = jar.cookiesForURL(T + '/p/x')
    jar.delete(T + '/', 'a')
    const fewer = jar.cookiesForURL(T + '/p/x')
    jar.clear(T + '/p/')
    return [all, fewer, jar.cookiesForURL(T + '/p/x')]
  })
  attempt('no cookie name', () => new http.CookieJar().delete(T, ''))

  for (const [label, body] of [
    ['string', 'a=b'],
    ['nothing', undefined],
    ['null', null],
    ['array', [1]],
    ['number', 5],
    ['boolean', true],
    ['buffer', new Uint8Array([65, 66]).buffer],
    ['view', new Uint8Array([65, 66])],
    [
      'form',
      {
        b: 1,
        a: [1, 'x'],
        n: null,
        'u v': "ä&'()*!~",
        o: { y: 2, x: [1] },
        t: true,
        f: 1.5,
        m: 1234567.5,
        big: 1e21,
        tiny: 0.00001,
      },
    ],
  ])
    attempt('body ' + label, () => {
      const r = http.post(T + '/', body)
      return r.status === 0 ? brief(r) : saw(r)
    })
  attempt('headers', () =>
    saw(
      http.post(
        T + '/',
        { b: 1 },
        { headers: { 'content-type': 'x/y', 'X-a': undefined, n: 1, 'user-agent': 'me' } },
      ),
    ),
  )
  attempt('request', () => http.post(T + '/', 'x', { headers: { traceparent: 'c' } }).request)
  attempt('verbs', () =>
    ['get', 'head', 'post', 'put', 'patch', 'del', 'options'].map(
      (verb) => http[verb](T + '/').request.method,
    ),
  )
  attempt('arguments', () => http.get(T + '/', {}, {}).status)
  attempt('file', () => [http.file('abc', 'n.txt', 'text/plain'), typeof http.file('x').filename])
  attempt('no file', () => http.file(5))
  const part = (fields) =>
    http
      .post(T + '/', fields)
      .json('body')
      .replace(/--[\w-]+?(?=-{0,2}\r)/g, '--')
  attempt('multipart', () => part({ f: http.file('abc', 'n"1.txt', 'text/plain') }))
  attempt('multipart, bytes', () => part({ f: http.file(new Uint8Array([65]).buffer, 'n', 'x/y') }))

  tell('redirect', () => http.get(T + '/redirect'))
  tell('no redirect', () => http.get(T + '/redirect', { redirects: 0 }))
  attempt('redirected post', () => saw(http.post(T + '/redirect', { a: 1 }, { headers: { 'X-Kept': 'y' } })))
  attempt('redirected put, 307', () => saw(http.put(T + '/redirect307', 'abc')))
  attempt('redirect loop', () => {
    const r = http.get(T + '/loop')
    return [r.status, r.url, r.error]
  })
  attempt('redirect to nowhere', () => {
    const r = http.get(T + '/nowhere')
    return [r.status, r.url, r.error]
  })

  tell('404', () => http.get(T + '/status/404'))
  for (const tag of [undefined, null, {}]) tell('tag ' + tag, () => http.get(T + '/', { tags: { a: tag } }))
  attempt('refused', () => {
    const r = http.get('http://127.0.0.1:1/x')
    return [r.status, r.body, r.url, r.status_text, r.request.url]
  })
  for (const url of ['http://foo bar/', undefined, null, 5, '/x', 'ftp://x/'])
    tell('url ' + url, () => http.get(url))
  tell('timeout', () => http.get(T, { timeout: 'x' }))
  tell('response type', () => http.get(T, { responseType: 'x' }))
  tell('response callback', () => http.get(T, { responseCallback: 5 }))
  attempt('unknown params', () => http.get(T, { nope: 1 }).status)

  attempt('no body', () => http.get(T, { responseType: 'none' }).body)
  attempt('no body, json', () => http.get(T, { responseType: 'none' }).json())
  attempt('binary', () => {
    const r = http.get(T, { responseType: 'binary' })
    return [r.body instanceof ArrayBuffer, r.json('method')]
  })
  const deep = http.get(T + '/deep')
  for (const path of [
    'a',
    'list.0.n',
    'list.#',
    'list.#.n',
    'nope',
    'nope.x',
    'list.9',
    'o.b\\.c',
    'o.b*',
    '',
  ]) {
    attempt('json ' + path, () => deep.json(path))
  }
  attempt('json', () => deep.json())
  attempt('no json', () => http.get(T + '/a/login').json())
  attempt('no json, selector', () => http.get(T + '/a/login').json('a'))
  attempt('empty, json', () => http.get(T + '/status/200').json())
  attempt('new property', () => {
    deep.foo = 1
  })
  attempt('known property', () => {
    deep.status = 5
    return deep.status
  })
  attempt('deleted property', () => delete deep.status)
  attempt('keys', () => [
    Object.keys(deep).sort(),
    Object.keys(deep.request).sort(),
    Object.keys(deep.timings).sort(),
    'json' in deep,
    deep.foo,
  ])
  attempt('header', () => {
    deep.headers.X = 'y'
    return [deep.headers.X, deep.headers['content-type'], deep.headers['Content-Type']]
  })

  const each = (responses) =>
    responses.map((r) => r && [r.status, r.url, r.error, r.request && r.request.method])
  attempt('batch', () =>
    each(
      http.batch([
        T + '/1',
        ['POST', T + '/2', 'b', { tags: { a: '1' } }],
        { url: T + '/3' },
        { method: 'post', url: T + '/4', body: 'c' },
        { method: 'GET', url: T + '/5', body: 'd' },
      ]),
    ),
  )
  attempt('batch bodies', () =>
    http
      .batch([
        ['POST', T + '/', { a: 1 }],
        { method: 'post', url: T + '/', body: { b: 2 } },
        { method: 'get', url: T + '/', body: 'd' },
      ])
      .map((r) => r.json('body')),
  )
  attempt('batch object', () => {
    const r = http.batch({ a: T + '/1', b: { url: T + '/' } })
    return [Object.keys(r).sort(), r.a.status]
  })
  attempt('batch without url', () => each(http.batch([T + '/1', { method: 'GET' }, T + '/2'])))
  attempt('batch with a bad tag', () =>
    each(http.batch([T + '/1', ['GET', T, null, { tags: { a: undefined } }]])),
  )
  attempt('batch of nothing', () => http.batch())
  attempt('batch of a word', () => http.batch('x'))
  attempt('batch of two', () => http.batch([], []))

  attempt('callback of a request', () => {
    const r = http.get(T + '/status/500', { responseCallback: accepted })
    return [r.error, r.error_code]
  })
  attempt('no callback', () => http.get(T + '/status/500', { responseCallback: null }).status)
  attempt('setResponseCallback', () => http.setResponseCallback(5))
  attempt('no statuses', () => http.expectedStatuses())
  attempt('bad statuses', () => http.expectedStatuses('x'))
  attempt('bad range', () => http.expectedStatuses({ min: 1.5, max: 2 }))
  http.setResponseCallback(accepted)
  http.get(T + '/status/404')
  http.setResponseCallback(null)
  http.get(T + '/status/404')
  http.setResponseCallback(http.expectedStatuses({ min: 200, max: 399 }))

  attempt('template', () => http.get(http.url`${T}/thing/${5}`).url)
  attempt('named', () => http.get(T + '/thing/6', { tags: { name: 'thing', n: 1 } }).status)
  exec.vu.metrics.tags.name = 'ambient'
  exec.vu.metrics.metadata.trace_id = 't'
  http.get(T + '/thing/7')
  http.get(http.url`${T}/thing/${8}`)
  delete exec.vu.metrics.tags.name
  delete exec.vu.metrics.metadata.trace_id

  const promise = http.asyncRequest('GET', T + '/async')
  attempt('promise', () => [promise instanceof Promise, promise.status])
  const response = await promise
  attempt('async', () => [response.status, response.url])
  const bad = await http.asyncRequest('GET', T, null, { tags: { a: undefined } })
  attempt('async, bad tag', () => brief(bad))
  let thrown
  try {
    await http.asyncRequest('GET', 'http://127.0.0.1:1/', null, { throw: true })
  } catch (error) {
    thrown = true
  }
  say('async, throw', thrown)
}
