import type { AnyNode } from 'acorn'
import type { Evaluation } from './walk/evaluation.ts'
import type { MonitorKind, ParsedScript, SyntaxProblem } from '../project/index.ts'

/** An error ends the check with 1; a warning is only told. */
export type Severity = 'error' | 'warning'

/** A file that a script was built from. */
export interface SourceText {
  name: string
  text: string
}

/** What rules look at. */
export interface Subject {
  code: string
  /** In UTF-8. */
  bytes: number
  kind: MonitorKind
  /** Of the check that will run it, in milliseconds. */
  timeout: number
  /** Why it is not a module of the language. */
  problem?: SyntaxProblem
  /** What it was built from, where its source map says so. */
  sources: readonly SourceText[]
  /** Undefined where it could not be parsed at all. */
  script?: ParsedScript
  /** Undefined where it could not be parsed at all. */
  evaluation?: Evaluation
}

/** One place where a rule is broken. */
export interface ScriptPlace {
  /** A node of the script, an offset in it, or words: a metric, a tag, a URL. Undefined for the script in general. */
  at?: AnyNode | number | string
  /** What was found there. */
  got: string
  /** Instead of the rule's own. */
  why?: string
  fix?: string
  severity?: Severity
}

/** One rule: what it looks for, what happens where it is broken, what to write instead. */
export interface Rule {
  id: string
  severity: Severity
  /** What it looks for, as the docs say it. */
  looks: string
  /** The consequence. */
  why: string
  fix: string
  find: (subject: Subject) => readonly ScriptPlace[]
}
