import type { Rule } from '../rule.ts'
import { BROWSER } from './browser.ts'
import { CODE_RULES } from './code.ts'
import { EXPORTS } from './exports.ts'
import { IMPORTS } from './imports.ts'
import { METRIC_RULES } from './metrics.ts'
import { OPTIONS_RULES } from './options.ts'
import { REQUEST_RULES } from './requests.ts'
import { SERIES_RULES } from './series.ts'
import { TAG_RULES } from './tags.ts'
import { TARGET_RULES } from './target.ts'
import { TEXT } from './text.ts'
import { TODO } from './todo.ts'
import { VERDICT_RULES } from './verdict.ts'

/** Every rule that a k6 script must obey to run everywhere, in the order in which findings are told. */
export const RULES: readonly Rule[] = [
  ...TEXT,
  ...IMPORTS,
  ...EXPORTS,
  ...TARGET_RULES,
  ...BROWSER,
  ...OPTIONS_RULES,
  ...METRIC_RULES,
  ...TAG_RULES,
  ...SERIES_RULES,
  ...REQUEST_RULES,
  ...VERDICT_RULES,
  ...CODE_RULES,
  ...TODO,
]
