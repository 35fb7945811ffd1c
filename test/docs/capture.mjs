// `npm run capture`: runs a smoke test and draws what the terminal shows as docs/capture.svg.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const WORDS = ['run', '--duration', '5s']
const SIZE = { column: 8.4, row: 19, margin: 18 }
const INK = '#d0d7de'
const ESCAPE = String.fromCharCode(27)
const SGR = new RegExp(`(${ESCAPE}\\[\\d+m)`)
/** @type {Record<string, string>} Colours of a terminal, by SGR code. */
const COLOURS = { 31: '#ff7b72', 32: '#3fb950', 33: '#d29922', 35: '#d2a8ff', 36: '#76e3ea' }

const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.mjs', ...WORDS, '--', '--quiet'], {
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined },
  encoding: 'utf8',
})
// k6's own lines, which begin with their time, are not ours to show.
const lines = `${stderr}${stdout}`
  .split('\n')
  .filter((line) => !line.startsWith('time='))
  .join('\n')
  .trim()
if (status !== 0) throw new Error(`the run ended with ${status}:\n${lines}`)
writeFileSync(
  'docs/capture.svg',
  svg(`${ESCAPE}[2m$${ESCAPE}[22m npx loadwright ${WORDS.join(' ')}\n${lines}`),
)

/** @param {string} text what a terminal was sent */
function svg(text) {
  const rows = text.split('\n').map(spans)
  const longest = Math.max(...rows.map((row) => row.reduce((sum, { text }) => sum + text.length, 0)))
  const width = Math.ceil(longest * SIZE.column + 2 * SIZE.margin)
  const height = Math.ceil(rows.length * SIZE.row + 2 * SIZE.margin)
  const texts = rows.flatMap((row, line) => {
    let column = 0
    return row.map(({ text, attributes }) => {
      const at = column
      column += text.length
      if (text.trim() === '') return ''
      const x = (SIZE.margin + at * SIZE.column).toFixed(1)
      const y = SIZE.margin + (line + 0.8) * SIZE.row
      const length = (text.length * SIZE.column).toFixed(1)
      return `<text x="${x}" y="${y.toFixed(1)}" textLength="${length}"${attributes}>${escape(text)}</text>\n`
    })
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${INK}" xml:space="preserve">\n` +
    `<title>npx loadwright ${WORDS.join(' ')}: the verdict, the funnel of each journey, where the results are</title>\n` +
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n${texts.join('')}</svg>\n`
  )
}

/**
 * A line as stretches of one look each.
 *
 * @param {string} line
 */
function spans(line) {
  let [colour, bold, dim] = ['', false, false]
  return line.split(SGR).flatMap((part) => {
    const code = part.startsWith(ESCAPE) ? part.slice(2, -1) : undefined
    if (code === undefined) {
      const attributes = `${colour && ` fill="${colour}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}`
      return part === '' ? [] : [{ text: part, attributes }]
    }
    if (code === '1') bold = true
    else if (code === '2') dim = true
    else if (code === '22') [bold, dim] = [false, false]
    else colour = COLOURS[code] ?? ''
    return []
  })
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
