import { expect, test } from 'vitest'
import { readCsv } from './csv.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const TABLE = 'email,city\nanna@example.org,Köln\n'
const ROWS = [{ email: 'anna@example.org', city: 'Köln' }]

test.each<[string, Uint8Array]>([
  ['commas', utf8(TABLE)],
  ['semicolons', utf8(TABLE.replaceAll(',', ';'))],
  ['tabs', utf8(TABLE.replaceAll(',', '\t'))],
  ['bars', utf8(TABLE.replaceAll(',', ' | '))],
  ['UTF-8 with a mark', utf8(`\ufeff${TABLE}`)],
  ['UTF-16, little end first', utf16(TABLE, false)],
  ['UTF-16, big end first', utf16(TABLE.replaceAll(',', ';'), true)],
  ['lines of Windows, and empty ones', utf8(TABLE.replaceAll('\n', '\r\n\r\n'))],
])('%s are read right', (_, bytes) => {
  expect(readCsv(bytes)).toEqual(ROWS)
})

test('one column is a table too, and values may have what divides others', () => {
  expect(readCsv(utf8('note\na;b\n"c,d"\n'))).toEqual([{ note: 'a;b' }, { note: 'c,d' }])
  expect(readCsv(utf8('a;b\n1,5;"x;y"\n'))).toEqual([{ a: '1,5', b: 'x;y' }])
})

test.each<[Uint8Array, string]>([
  [Buffer.from(TABLE, 'latin1'), 'line 2, "anna@example.org,K\ufffdln": no UTF-8; save the file as UTF-8'],
  [utf16(TABLE, false).subarray(2), 'line 1, "email,city": no UTF-8'],
  [utf8('id,id,name\n1,2,x\n'), 'the heading: two columns are named "id"'],
  [utf8('id,,name\n1,2,x\n'), 'the heading: column 2 has no name'],
  [
    utf8('email;city,note\na;b,c\n'),
    'the heading "email;city,note": columns divided by commas, or by semicolons?',
  ],
  [
    utf8('a\tb;c\n1\t2;3\n'),
    'columns divided by commas, or by semicolons or tabs? Divide all of them by commas',
  ],
  [utf8('a,b\n1,2,3\n'), 'Invalid Record Length: columns length is 2, got 3 on line 2'],
])('what cannot be told apart is refused with the cause', (bytes, cause) => {
  expect(() => readCsv(bytes)).toThrow(cause)
})
