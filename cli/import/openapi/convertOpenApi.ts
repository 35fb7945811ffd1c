import { UserError } from '../../base/index.ts'
import { importLine } from '../../project/index.ts'
import { aboutOf } from '../about.ts'
import type { Made } from '../made.ts'
import { suiteText } from '../write/suite.ts'
import { freeName } from './freeName.ts'
import { leftOut, lookAt } from './notes.ts'
import { OWN_NAMES, planOf } from './plan.ts'
import { readDocuments } from './read/documents.ts'
import { textAt, own } from './read/place.ts'
import { versionOf } from './read/version.ts'
import { CHECKS } from './smoke/checks.ts'
import { chosenOf } from './smoke/chosen.ts'
import { smokeJourney } from './smoke/journey.ts'
import { triesOf, type Try } from './smoke/tries.ts'
import { literals } from './write/literal.ts'
import { moduleText } from './write/module.ts'

/** What is imported: a document, by its path and its name. */
export interface OpenApiFile {
  path: string
  file: string
  text: string
  /** The suite's name. */
  name: string
  /** Parts of the names or paths of deprecated operations that are tried nevertheless. */
  include: readonly string[]
}

/** Makes a client module and a smoke suite of an OpenAPI document: the same document makes the same texts. Throws UserError where it cannot be read. */
export async function convertOpenApi({ path, file, text, name, include }: OpenApiFile): Promise<Made> {
  const documents = await readDocuments(path, file, text)
  const kind = `OpenAPI ${versionOf(documents.root)}`
  const plan = planOf(documents)
  if (plan.operations.length === 0)
    throw new UserError(`${file} has no operations: none of its paths has one`)
  const variables = plan.operations.flatMap(({ schemes }) =>
    [...schemes.values()].flatMap((one) => one.variables),
  )
  const ofModule = literals(variables)
  const info = own(documents.root.value, 'info')
  const title = [textAt(info, 'title') ?? name, textAt(info, 'version')].filter(Boolean).join(' ')
  const module = moduleText(plan, `A client of ${title}. ${aboutOf(kind, file, undefined)}`, ofModule)

  const taken = new Set([...plan.operations.map(({ id }) => id), ...OWN_NAMES])
  const variable = freeName(name, taken, 'Journey')
  const suite = freeName(`${variable}Suite`, taken, 'Suite')
  const { chosen, left } = chosenOf(plan, include)
  const ofSuite = literals([...variables, ...ofModule.secrets()])
  const tries = triesOf(chosen, plan, ofSuite, taken)
  const used = new Set<string>()
  const journey = smokeJourney(tries, name, variable, plan, used)
  const checks = Object.entries(CHECKS).filter(([helper]) => used.delete(helper))
  if (checks.some(([, source]) => source.includes('AnyResponse'))) used.add('type AnyResponse')
  const tried = allOf(tries.first)
  const needed = new Set([
    ...tried.flatMap(({ operation: { schemes } }) => [...schemes.values()].flatMap((one) => one.variables)),
    ...tries.secrets,
  ])
  const others = [...new Set([...variables, ...ofModule.secrets()])].filter((one) => !needed.has(one))
  const columns = tries.pool.columns
  const pool = {
    name: `${name}.pool.csv`,
    text: `${[...columns.keys()].join(',')}\n${[...columns.values()].join(',')}\n`,
  }
  return {
    kind,
    name,
    text: suiteText({
      name,
      about: aboutOf(kind, file, undefined),
      used,
      door: 'loadwright',
      imports: [
        ...(tried.length > 0
          ? [
              importLine(
                tried.map(({ operation }) => operation.id),
                `./${name}.client.ts`,
              ),
            ]
          : []),
        ...(columns.size > 0 ? [`import values from './${pool.name}'`] : []),
      ],
      before: checks.map(([, source]) => source),
      journeys: [{ variable, text: journey.text }],
      variable: suite,
      secrets: tries.secrets.length > 0,
      vus: undefined,
      thresholds: { checks: ['rate==1'] },
    }),
    files: [{ name: `${name}.client.ts`, text: module.text }, ...(columns.size > 0 ? [pool] : [])],
    counts: {
      operations: plan.operations.length,
      types: plan.declarations.length,
      steps: tried.length,
      checks: journey.checks,
    },
    steps: tried.map(({ operation }) => operation.id),
    read: tried.flatMap(({ operation, feeds }) =>
      feeds === undefined
        ? []
        : [{ text: `${feeds.variable}: "${feeds.selector}" of the JSON in the answer to ${operation.id}` }],
    ),
    base: plan.servers[0]?.origin,
    secrets: [...needed].toSorted(),
    left: leftOut(plan, [...left, ...tries.left]),
    look: lookAt(plan, tries, module, others, tried.length),
  }
}

const allOf = (tries: readonly Try[]): Try[] => tries.flatMap((one) => [one, ...allOf(one.within)])
