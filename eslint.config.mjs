import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/**
 * The walls of design: which folder may import what. Each entry is `[pattern of an import, why not, where the code belongs]`;
 * `test/walls.build.test.ts` reads the same table's effect from the sources.
 */
const folder = (name) => `(^|/)${name}(/|$)`
const npm = '^(?!\\.{1,2}/|k6$|k6/|node:)'

/** @param {Record<string, string>} walls a regular expression of what may not be imported, and why */
const mayNot = (walls) => [
  'error',
  { patterns: Object.entries(walls).map(([regex, message]) => ({ regex, message })) },
]

const never = {
  k6: 'Only what runs inside k6 may import k6: lib, journeys and examples.',
  node: 'k6 has no Node: what needs it belongs in cli, shop, testing or a *.pool.ts.',
  npm: 'k6 has no npm: a package belongs on the Node side (cli, shop) or in a *.pool.ts.',
  scenarios: 'A journey does not know its load, and lib does not know its shapes: combine them in a suite.',
  journeys: 'Stock journeys stand on lib, never under it: what several applications share belongs in lib.',
  cli: 'The command line stands on the engine, never under it: the only bridge is data (manifest, metrics, events).',
  lib: 'Node reads lib/catalog.ts only: the rest of lib needs k6.',
  door: 'config/index.ts is what authors import: name the file of config that declares it.',
}

/** The door of config, for whoever is no author. */
const CONFIG_DOOR = '(^|/)config/index\\.ts$'

/**
 * The rooms of the command line: each imports only those that stand before it, and those by their `index.ts`.
 * docs/architecture.md says what is where.
 */
const ROOMS = [
  'base',
  'prometheus',
  'k6',
  'record',
  'project',
  'import',
  'verdict',
  'grafana',
  'telemetry',
  'report',
  'run',
  'check',
  'monitor',
  'cloud',
  'distributed',
  'commands',
]

const node = {
  '^k6($|/)': never.k6,
  [CONFIG_DOOR]: never.door,
  '(^|/)lib/(?!catalog\\.ts$)': never.lib,
  [folder('journeys')]: 'Node never imports journeys: read the manifest that the build writes.',
}

const inK6 = {
  '^node:': never.node,
  [npm]: never.npm,
  [CONFIG_DOOR]: never.door,
  [folder('scenarios')]: never.scenarios,
  [folder('(journeys|examples)')]: never.journeys,
  [folder('(cli|shop|testing)')]: never.cli,
}

export default tseslint.config(
  { ignores: ['**/dist', 'results', 'coverage'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.engine.json',
          'tsconfig.node.json',
          'tsconfig.json',
          'cli/report/page/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A cast says what a value is; `!` only that it is there.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectExpression > SpreadElement > ObjectExpression',
          message:
            'Write its properties where they are: within a spread TypeScript finds none that is too many.',
        },
      ],
    },
  },
  {
    files: ['config/**/*.ts', 'lib/**/*.ts', 'scenarios/**/*.ts', 'journeys/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts'],
    // A declared function is fourteen bytes longer in every bundle.
    rules: { 'func-style': ['error', 'expression'] },
  },
  {
    files: ['config/**'],
    rules: {
      'no-restricted-imports': mayNot({
        '^k6($|/)': never.k6,
        '^node:': never.node,
        [npm]: never.npm,
        '^\\.{1,2}/index\\.ts$': never.door,
        [folder('(lib|scenarios|journeys|cli|shop|testing|examples)')]:
          'config holds pure values: it imports no other layer.',
      }),
    },
  },
  {
    files: ['lib/**'],
    rules: { 'no-restricted-imports': mayNot(inK6) },
  },
  {
    files: ['lib/*.ts'],
    rules: {
      'no-restricted-imports': mayNot({
        ...inK6,
        '^\\./deferred/(?!index\\.ts$)':
          'What is put off is reached by lib/deferred/index.ts, at its first call.',
      }),
    },
  },
  {
    files: ['scenarios/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: never.node },
            { regex: npm, message: never.npm },
            { regex: CONFIG_DOOR, message: never.door },
            { regex: '^k6($|/)', message: 'scenarios are pure: types of k6 only.', allowTypeImports: true },
            {
              regex: folder('lib'),
              message: 'scenarios are pure: of lib only types.',
              allowTypeImports: true,
            },
            { regex: folder('(journeys|examples|cli|shop|testing)'), message: never.journeys },
          ],
        },
      ],
    },
  },
  {
    files: ['journeys/**'],
    ignores: ['**/*.pool.ts'],
    rules: {
      'no-restricted-imports': mayNot({
        '^node:': never.node,
        [npm]: never.npm,
        [folder('scenarios')]: never.scenarios,
        [folder('(cli|shop|testing|examples)')]: never.cli,
      }),
    },
  },
  {
    files: ['examples/**'],
    ignores: ['**/*.pool.ts'],
    rules: {
      'no-restricted-imports': mayNot({
        '^node:': never.node,
        '(lib|config|scenarios|journeys)/.*\\.ts$':
          'Examples show what an author writes: import the public door ("loadwright", "loadwright/scenarios" …).',
      }),
    },
  },
  { files: ['cli/**', 'build.mjs'], rules: { 'no-restricted-imports': mayNot(node) } },
  ...ROOMS.map((room, index) => ({
    files: [`cli/${room}/**`],
    rules: {
      'no-restricted-imports': mayNot({
        ...node,
        [`^(\\.\\./)+(${ROOMS.slice(0, index).join('|') || '$'})/(?!(http/)?index\\.ts$)`]:
          "Import it from the room's index.ts, and export it there.",
        [`^(\\.\\./)+(${ROOMS.slice(index + 1).join('|') || '$'})/`]: `cli/${room} stands before that room: what both need belongs here, or before.`,
      }),
    },
  })),
  {
    files: ['shop/**'],
    rules: {
      'no-restricted-imports': mayNot({
        '^k6($|/)': never.k6,
        [folder('(lib|config|scenarios|journeys|cli|testing|examples)')]:
          'The shop is a target: it knows nothing of the tests.',
      }),
    },
  },
  {
    files: ['testing/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^k6($|/)',
              message: 'The double stands in for k6: types of k6 only.',
              allowTypeImports: true,
            },
            { regex: folder('(lib|cli|shop)'), message: 'The double knows k6, not loadwright.' },
          ],
        },
      ],
    },
  },
  {
    files: ['{cli,config,journeys,lib,scenarios,shop,testing}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', 250] },
  },
  {
    files: ['**/*.test.ts', '**/*.test-d.ts', 'test/**'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly' } },
  },
)
