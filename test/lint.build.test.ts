import { join } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'
import { packageRoot } from '../cli/base/package.ts'

type Rules = Linter.RulesRecord
const { plugin, parser } = tseslint
const eslint = new ESLint({ cwd: packageRoot })

/** The messages of the wall for an import planted into a file. */
async function complaints(file: string, line: string): Promise<string[]> {
  const configured = (await eslint.calculateConfigForFile(join(packageRoot, file))) as { rules?: Rules }
  const rules = Object.fromEntries(
    Object.entries(configured.rules ?? {}).filter(([name]) => name.endsWith('no-restricted-imports')),
  )
  const alone = new ESLint({
    cwd: packageRoot,
    overrideConfigFile: true,
    // Without type information, which would cost seconds.
    overrideConfig: [
      { files: ['**/*.ts'], plugins: { '@typescript-eslint': plugin }, languageOptions: { parser }, rules },
    ],
  })
  const [result] = await alone.lintText(`${line}\n`, { filePath: join(packageRoot, file) })
  return (result?.messages ?? []).map(({ message }) => message)
}

test.each([
  ['config/url.ts', `import http from 'k6/http'`],
  ['config/url.ts', `import { readFile } from 'node:fs'`],
  ['config/url.ts', `import { step } from '../lib/index.ts'`],
  ['config/url.ts', `import pc from 'picocolors'`],
  ['config/url.ts', `import { defineConfig } from './index.ts'`],
  ['lib/step.ts', `import type { Config } from '../config/index.ts'`],
  ['lib/step.ts', `import { workload } from '../scenarios/index.ts'`],
  ['lib/step.ts', `import { browse } from '../journeys/boutique/index.ts'`],
  ['lib/step.ts', `import { readFile } from 'node:fs'`],
  ['lib/step.ts', `import { faker } from '@faker-js/faker'`],
  ['lib/step.ts', `import { refuse } from '../cli/base/errors.ts'`],
  ['lib/check.ts', `import { failChecks } from './deferred/failure.ts'`],
  ['lib/deferred/event.ts', `import { refuse } from '../../cli/base/errors.ts'`],
  ['cli/base/errors.ts', `import { openRecorder } from '../record/index.ts'`],
  ['cli/telemetry/traces/post.ts', `import type { Plan } from '../../report/index.ts'`],
  ['cli/telemetry/traces/post.ts', `import { openRecorder } from '../../record/recorder.ts'`],
  ['scenarios/mix.ts', `import http from 'k6/http'`],
  ['cli/commands/main.ts', `import type { Config } from '../../config/index.ts'`],
  ['scenarios/mix.ts', `import type { Config } from '../config/index.ts'`],
  ['scenarios/mix.ts', `import { step } from '../lib/index.ts'`],
  ['journeys/boutique/browse.ts', `import { workload } from '../../scenarios/index.ts'`],
  ['journeys/boutique/browse.ts', `import { faker } from '@faker-js/faker'`],
  ['examples/01-smoke.ts', `import { step } from '../lib/step.ts'`],
  ['cli/commands/main.ts', `import http from 'k6/http'`],
  ['cli/commands/main.ts', `import { step } from '../lib/index.ts'`],
  ['cli/commands/main.ts', `import { browse } from '../journeys/boutique/index.ts'`],
  ['shop/app.ts', `import { redact } from '../config/redact.ts'`],
  ['testing/double.ts', `import http from 'k6/http'`],
  ['testing/double.ts', `import { step } from '../lib/index.ts'`],
])('the lint stops %s from %s, and says why', async (file, line) => {
  expect(await complaints(file, line)).toEqual([
    expect.stringMatching(/is restricted from being used by a pattern\. \S+/),
  ])
})

test.each([
  ['lib/step.ts', `import http from 'k6/http'`],
  ['lib/step.ts', `import { message } from '../config/problem/problem.ts'`],
  ['scenarios/mix.ts', `import type { Scenario } from '../lib/scenario.ts'`],
  ['journeys/boutique/shoppers.pool.ts', `import { faker } from '@faker-js/faker'`],
  ['examples/01-smoke.ts', `import { suite } from 'loadwright'`],
  ['cli/commands/main.ts', `import { CATALOG } from '../lib/catalog.ts'`],
  ['cli/telemetry/traces/post.ts', `import { openRecorder } from '../../record/index.ts'`],
  ['cli/telemetry/traces/post.ts', `import { post } from '../remoteWrite/post.ts'`],
  ['testing/double.ts', `import type { Options } from 'k6/options'`],
])('the lint lets %s have %s', async (file, line) => {
  expect(await complaints(file, line)).toEqual([])
})
