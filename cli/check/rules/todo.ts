import type { Rule, ScriptPlace } from '../rule.ts'

/** The mark that `loadwright import` leaves where it could not rewrite something. */
const MARK = /^[ \t]*\/\/ TODO\(import\):[ \t]*(.*)$/gm

/** A rule about what an import left to a person. */
export const TODO: readonly Rule[] = [
  {
    id: 'todo',
    severity: 'warning',
    looks: 'comments that begin with `TODO(import):`',
    why: 'what the imported file did there, the journey does not do',
    fix: 'write it as the journey would do it, and take the comment out',
    find: ({ sources }) =>
      sources.flatMap(({ name, text }) =>
        Array.from(text.matchAll(MARK), ({ index, 1: got = '' }): ScriptPlace => {
          const line = text.slice(0, index).split('\n').length
          return { at: `${name}:${line}`, got }
        }),
      ),
  },
]
