import { expect, it } from 'vitest'
import { namedIn } from './namedIn.ts'

const found = (text: string): string[] =>
  namedIn(text).map(
    ({ name, text: value, place, from, to }) => `${place} ${name} ${value} ${text.slice(from, to)}`,
  )

it.each([
  ['a query', 'grant=x&client_secret=s%2F1', ['query grant x x', 'query client_secret s%2F1 s%2F1']],
  [
    'JSON in a frame',
    '42["login",{"user":"ada","pin":1234}]',
    ['json user ada "ada"', 'number pin 1234 1234'],
  ],
  [
    'an element',
    '<s:a><ns:Password type="t">x&amp;y</ns:Password></s:a>',
    ['xml type t t', 'xml Password x&amp;y x&amp;y'],
  ],
  ['CDATA', '<password><![CDATA[hunter2]]></password>', ['xml password hunter2 hunter2']],
  ['attributes', `<login user="ada" password='x y'/>`, ['xml user ada ada', 'xml password x y x y']],
  [
    'a name beside its value',
    '<param name="password" value="x"/>',
    ['xml name password password', 'xml password x x'],
  ],
  [
    'the same of an element',
    '<field name="password">x</field>',
    ['xml name password password', 'xml password x x'],
  ],
  [
    'the same of JSON',
    '{"name":"password","value":"x"}',
    ['json name password "password"', 'json password x "x"'],
  ],
  [
    'lists and maps of YAML in brackets',
    'a: [b, password: correct horse]\nc: [token, abc]\nd: {pin: 12, user: ada}\ntokens: [x1, y2]\n',
    [
      'plain password correct horse correct horse',
      'plain token abc abc',
      'plain pin 12 12',
      'plain user ada ada',
    ].concat(['plain tokens x1 x1', 'plain tokens y2 y2']),
  ],
  [
    'lines of YAML within a bracket',
    'l: [\n  password: swordfish,\n  b\n]\n',
    ['plain password swordfish swordfish'],
  ],
  ['lists of YAML without names', 'a: [kind, color]\ntags: [design, signal]\nx: [id, token, name]\n', []],
  ['code', `login(password: "a\\"b", key='c')`, ['json password a\\"b "a\\"b"', 'plain key c c']],
  ['lines', 'CONNECT\nlogin:ada\npasscode:a b\n\n\0', ['plain login ada ada', 'plain passcode a b a b']],
  ['YAML', 'user: ada\n  password: x # one\n', ['plain user ada ada', 'plain password x x']],
  ['a line alone', 'password: x', ['plain password x x']],
  [
    'a line with spaces round its sign',
    'user = ada\npassword = correct horse battery staple more\n',
    [
      'plain user ada ada',
      'plain password correct horse battery staple more correct horse battery staple more',
    ],
  ],
  [
    'words',
    'password=correct horse staple more',
    ['plain password correct horse staple more correct horse staple more'],
  ],
  ['words before another', 'a=b c password=d e', ['query a b c b c', 'query password d e d e']],
  ['an address in words', 'see /a?token=b for more', ['query token b b']],
  [
    'signs',
    'a: 1\npassword: &*,|x\npin: {12\n',
    ['plain a 1 1', 'plain password &*,|x &*,|x', 'plain pin {12 {12'],
  ],
  [
    'a list of YAML',
    'tokens:\n  - a b\n  - "c"\nuser: ada\n',
    ['plain tokens a b a b', 'json tokens c "c"', 'plain user ada ada'],
  ],
  [
    'a text of YAML',
    'secret: |\n  a: b\n\n  c\nuser: ada',
    ['plain secret a: b a: b', 'plain secret c c', 'plain user ada ada'],
  ],
  [
    'objects of YAML',
    'users:\n  - name: ada\n    password: x\n',
    ['plain name ada ada', 'plain password x x'],
  ],
  [
    'a value in front of its name',
    'x [{"value":"a","name":"city"},{"value":"b","type":"text","name":"password"}]',
    [
      'json city a "a"',
      'json name city "city"',
      'json password b "b"',
      'json type text "text"',
      'json name password "password"',
    ],
  ],
  ['the same of elements', '<a><value>x</value><name>pin</name></a>', ['xml pin x x', 'xml name pin pin']],
  ['a value within what is called so', 'x {"password":{"value":"a"}}', ['json password a "a"']],
  ['the same of elements', '<password><value>x</value></password>', ['xml password x x']],
  ['the same of an attribute', '<password value="x"/>', ['xml password x x']],
  ['a table', 'user,password\nada,x y\n', ['plain user ada ada', 'plain password x y x y']],
  ['a text of code', 'f({ password: `x` })', ['plain password x x']],
  ['a command', 'AUTH correct horse', ['plain AUTH correct horse correct horse']],
  ['no value', 'YWJjZA==', []],
  ['no line', '9f8e:7d6c', []],
])('finds values under their names in %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected)
})

it('finds a text of megabytes', () => {
  const text = 'x'.repeat(10_000_000)
  expect(namedIn(`{"password":"${text}"}`)[0]?.text).toHaveLength(text.length)
})
