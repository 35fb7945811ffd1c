import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import pc from 'picocolors'
import { EXIT, UserError } from '../base/index.ts'
import { initProject } from '../project/index.ts'
import { out, say } from './output.ts'

interface Flags {
  yes?: true
  target?: string
}

/** `loadwright init`: a first suite that type-checks and runs, in an empty or an existing project. */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('Write a first suite, config and npm scripts')
    .option('-y, --yes', 'ask nothing')
    .option('--target <url>', 'what to test; the embedded shop if left out')
    .addHelpText(
      'after',
      `
No file is overwritten. package.json and .gitignore get what they lack.

Examples:
  npm install --save-dev loadwright && npx loadwright init --yes && npx loadwright run
  loadwright init --target https://shop.example.com`,
    )
    .action(async ({ yes, target }: Flags) => {
      const folder = process.cwd()
      const given = target ?? (yes ? undefined : await ask())
      const { written, left } = await initProject(folder, given)
      for (const path of written) out(`${pc.green('wrote')}  ${path}`)
      for (const path of left) out(`${pc.dim('left')}   ${path}`)
      out(['', 'Next', ...nextSteps(folder, given).map((line) => `  ${line}`)].join('\n'))
    })
}

/** Asks for the one value that cannot be guessed, on an interactive terminal. */
async function ask(): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const interrupted = new Promise<never>((_, reject) => {
    reader.once('SIGINT', () => {
      say('')
      reject(new UserError('interrupted', EXIT.interrupted))
    })
  })
  try {
    const question = reader.question('What to test, as a URL (Enter: the embedded shop): ')
    const answer = (await Promise.race([question, interrupted])).trim()
    return answer === '' ? undefined : answer
  } finally {
    reader.close()
  }
}

function nextSteps(folder: string, target: string | undefined): string[] {
  const has = (name: string): boolean => existsSync(join(folder, 'node_modules', name))
  const missing = [...(has('loadwright') ? [] : ['loadwright']), ...(has('typescript') ? [] : ['typescript'])]
  const fails: [string, string][] =
    target === undefined
      ? [['npx loadwright run --fault latency=/cart/checkout:4000', 'see it fail, and why']]
      : []
  const steps: [string, string][] = [
    ['npx loadwright run', 'a verdict, and a record of the run'],
    ...fails,
    ['npx loadwright dev', 'run again after every change of suites/first.ts'],
    ['npx loadwright run --profile load', 'more of it'],
  ]
  if (missing.length > 0)
    steps.unshift([
      `npm install --save-dev ${missing.join(' ')}`,
      missing.includes('loadwright') ? 'once' : 'once, for npm run types: the types of what you write',
    ])
  const width = Math.max(...steps.map(([command]) => command.length)) + 2
  return steps.map(([command, why]) => `${command.padEnd(width)}${pc.dim(why)}`)
}
