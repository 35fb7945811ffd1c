import { keyText, quoted } from '../../project/index.ts'
import { fields } from '../literals.ts'
import type { Fields } from '../recording.ts'
import type { Step } from '../steps.ts'
import { deedLines, type Used } from './deed.ts'
import { line } from './lines.ts'
import { literalText } from './literal.ts'

/** What is written as one journey. */
export interface JourneySource {
  name: string
  /** The constant that holds it. */
  variable: string
  steps: readonly Step[]
  /** Names of its pages, with patterns of their addresses. */
  pages: ReadonlyMap<string, string>
  dialogs: boolean
  context: Fields | undefined
}

/** A journey as TypeScript. */
export function journeyText(
  { name, variable, steps, pages, dialogs, context }: JourneySource,
  base: string | undefined,
  used: Used,
): string {
  used.add('pageJourney')
  const body = steps.flatMap((step, index) => [...thinkLines(step, index, used), stepText(step, base, used)])
  const options = [
    ...(pages.size > 0 ? [pagesText(pages)] : []),
    ...(dialogs ? [`ignore: ({ kind }) => kind === 'dialog',`] : []),
    ...(context ? [`context: ${literalText(context)},`] : []),
  ]
  return [
    `const ${variable} = pageJourney(`,
    line(1, `${quoted(name)},`),
    line(1, 'async (page) => {'),
    ...body,
    line(1, '},'),
    ...(options.length > 0 ? [line(1, '{'), ...options.map((text) => line(2, text)), line(1, '},')] : []),
    ')',
  ].join('\n')
}

/** As long as it took when it was recorded; where nothing is known, as long as people usually take. */
function thinkLines({ pause }: Step, index: number, used: Used): string[] {
  if (index === 0) return []
  used.add('think')
  const seconds = pause === undefined ? undefined : Math.min(60, Math.round(pause / 100) / 10)
  return [line(2, seconds === undefined || seconds === 0 ? 'await think(1, 3)' : `await think(${seconds})`)]
}

function stepText({ name, actions }: Step, base: string | undefined, used: Used): string {
  used.add('step')
  const opens = actions.find((action) => action.opens !== undefined)?.opens
  const held = opens === undefined ? '' : `const ${opens} = `
  return [
    line(2, `${held}await step(${quoted(name)}, async () => {`),
    ...actions.flatMap((action) => deedLines(3, action, base, used)),
    ...(opens === undefined ? [] : [line(3, 'return opened')]),
    line(2, '})'),
  ].join('\n')
}

function pagesText(pages: ReadonlyMap<string, string>): string {
  const entries = [...pages].map(([name, source]) => [name, { type: 'pattern', source, flags: '' }] as const)
  const one = `pages: ${literalText(fields(entries))},`
  return one.length <= 100
    ? one
    : `pages: {\n${entries.map(([name, pattern]) => `      ${keyText(name)}: ${literalText(pattern)},`).join('\n')}\n    },`
}
