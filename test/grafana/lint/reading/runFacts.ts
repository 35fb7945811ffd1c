import { onEach, queriesIn } from './rule.ts'

/** What is true of a run, its phases' times apart, which curves need only where they are shown. */
const IN_THE_WINDOW = /\bloadwright_run_(?!phase_)\w+(?:\{[^}]*\})?\[\$__range\]/

/** What a run was, and why it ended as it did, is said whatever time is shown: before its end, or days after it. */
export const runFacts = onEach(['stat', 'table'], (panel, say, { name }) => {
  if (name === 'run' && queriesIn(panel).some((query) => IN_THE_WINDOW.test(query)))
    say('a fact of the run is looked for in the shown time alone')
})
