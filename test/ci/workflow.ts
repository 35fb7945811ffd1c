import { parse } from 'yaml'

/** A step of a job of GitHub Actions, as far as the examples use it. */
export interface Step {
  readonly id?: string
  readonly name?: string
  readonly if?: string | boolean
  readonly env?: Readonly<Record<string, string>>
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly run?: string
  readonly 'continue-on-error'?: boolean
}

/** A job of a workflow. */
export interface Job {
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly 'runs-on': string
  readonly 'timeout-minutes'?: number
  readonly environment?: string
  readonly concurrency?: { readonly group: string }
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> }
  readonly env?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: { readonly group: string }
  readonly defaults?: { readonly run: { readonly shell: string } }
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** Reads a workflow's text. */
export const workflowOf = (text: string): Workflow => parse(text, { merge: true }) as Workflow
