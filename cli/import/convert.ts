import { firstFree } from '../project/index.ts'
import { aboutOf } from './about.ts'
import { k6Context } from './context.ts'
import { liftSecrets } from './lift.ts'
import { lookAt } from './look.ts'
import { field } from './literals.ts'
import type { Made } from './made.ts'
import { addressOf, originOf, pagesOf } from './places.ts'
import type { Action, Note, RecordedJourney, Recording } from './recording.ts'
import { stepsOf } from './steps.ts'
import { tidy } from './tidy.ts'
import { journeyText, type JourneySource } from './write/journey.ts'
import { suiteText } from './write/suite.ts'
import { variableName } from './write/variableName.ts'

/** Makes a suite of page journeys of a recording: the same recording makes the same text. */
export function convert(recording: Recording, file: string, name: string): Made {
  const left: Note[] = [...recording.left]
  const { journeys: lifted, variables } = liftSecrets(recording.journeys, left)
  const base = originOf(recording.journeys) ?? baseOf(recording.journeys)
  const taken = new Set<string>()
  const journeys = lifted.map((journey): JourneySource => {
    const actions = onKnownPages(tidy(journey.actions, left))
    const title = journey.title === undefined || journey.title === 'test' ? name : journey.title
    const own = free(plainName(title) || name, taken)
    return {
      name: own,
      variable: variableName(own),
      steps: stepsOf(actions, base),
      pages: pagesOf(actions, base),
      dialogs: journey.dialogs === true,
      context: k6Context(journey.context, left),
    }
  })
  const actions = journeys.flatMap(({ steps }) => steps.flatMap((step) => step.actions))
  for (const { place, deed } of actions) if (deed.type === 'left') left.push({ place, text: deed.why })
  const used = new Set<string>()
  const text = suiteText({
    name,
    about: aboutOf(recording.kind, file, base),
    used,
    door: 'loadwright/browser',
    journeys: journeys.map((journey) => ({
      variable: journey.variable,
      text: journeyText(journey, base, used),
    })),
    secrets: variables.length > 0,
    vus: recording.vus,
    thresholds: recording.thresholds,
  })
  const steps = journeys.flatMap((journey) => journey.steps)
  const checks = actions.filter(({ deed }) => deed.type === 'expect' || deed.type === 'title')
  return {
    kind: recording.kind,
    name,
    text,
    files: [],
    counts: { journeys: journeys.length, steps: steps.length, checks: checks.length },
    steps: journeys.flatMap((journey) =>
      journey.steps.map((step) => (journeys.length > 1 ? `${journey.name}: ${step.name}` : step.name)),
    ),
    read: [],
    base,
    secrets: variables,
    left,
    look: lookAt(steps, base),
  }
}

/** The address that the test's own options name. */
function baseOf(journeys: readonly RecordedJourney[]): string | undefined {
  const urls = journeys.map(({ context }) => field(context, 'baseURL'))
  const url = urls.find((own) => typeof own === 'string')
  return url === undefined ? undefined : addressOf(url)?.origin
}

/** Actions whose page is known: others happen in a tab that a person opened by hand. */
function onKnownPages(actions: readonly Action[]): Action[] {
  const known = new Set(['page'])
  return actions.map((action) => {
    if (action.opens !== undefined) known.add(action.opens)
    if (!known.has(action.page))
      return {
        ...action,
        page: 'page',
        deed: { type: 'left', why: 'it happens in a tab that no click has opened' },
      }
    if (action.page !== 'page' && action.deed.type === 'goto')
      return {
        ...action,
        deed: { type: 'left', why: 'another address in a tab of its own: give it a journey' },
      }
    return action
  })
}

function free(name: string, taken: Set<string>): string {
  const own = firstFree(
    name,
    (one) => taken.has(variableName(one)),
    (count) => `${name} ${count}`,
  )
  taken.add(variableName(own))
  return own
}

/** A journey's name: what k6 takes as one, on one line. */
const plainName = (title: string): string =>
  title
    .replace(/::/g, ' ')
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim()
