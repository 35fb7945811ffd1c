import { isLoopback } from '../../../config/url.ts'
import type { Note } from '../recording.ts'
import { headerOf } from './exchange.ts'
import { isHashAlone } from './persisted.ts'
import type { Plan } from './plan.ts'

/** What a person should look at before the suite is relied on. */
export function lookAtPlan(plan: Plan): Note[] {
  const { base, drafts, lifted } = plan
  const origins = [...new Set(drafts.map(({ origin }) => origin))]
  const columns = [...lifted.columns.values()]
  return [
    ...origins.flatMap((origin): Note[] => {
      const { host, hostname } = new URL(origin)
      if (origin !== base)
        return [{ text: `${origin} is asked as well: its host has to be in the hosts of an environment` }]
      return isLoopback(hostname)
        ? []
        : [{ text: `${host} has to be in the hosts of an environment: loadwright.config.ts` }]
    }),
    ...(columns.length > 0
      ? [
          {
            text: `the pool has one row, the recorded one: add a row for each user (${columns.join(', ')})${logsIn(plan) ? '; all of them log in with the same password, and none belongs into the pool: a column may have the name of a variable for secret()' : ''}`,
          },
        ]
      : []),
    ...madeIds(plan),
    ...missingBodies(plan),
    ...missingContent(plan),
    ...missingTexts(plan),
    ...missingCookies(plan),
    ...unknownIds(plan),
    ...emptyFiles(plan),
    ...socketsIn(plan),
    ...pollsIn(plan),
  ]
}

/** Whether users of the pool have a password that is read from a variable. */
const logsIn = ({ lifted }: Plan): boolean =>
  [...lifted.secrets.values()].some((name) => /^(?:PASS|PW|PIN)/.test(name))

const madeIds = ({ lifted }: Plan): Note[] =>
  lifted.ids.size === 0
    ? []
    : [
        {
          text: `UUIDs that no answer has given are made anew in each iteration: ${listed([...lifted.ids.values()])}. Write the recorded one where it never changes`,
        },
      ]

function missingBodies({ drafts, requestNames }: Plan): Note[] {
  const names = drafts.flatMap((draft, index) => {
    const { answer, kind, method } = draft.exchange
    const expects = method !== 'HEAD' && answer !== undefined && ![204, 304].includes(answer.status)
    const hasBody = /html|json/i.test(answer?.type ?? '') && kind !== 'other'
    return expects && hasBody && answer.text === undefined ? [requestNames[index] ?? ''] : []
  })
  return names.length === 0
    ? []
    : [
        {
          text: `bodies of ${names.length} answers are not in the recording, so that nothing can be read from them: ${listed(names)}`,
        },
      ]
}

/** Requests that carried something which is not in the recording: forms with files. */
function missingContent({ drafts, requestNames }: Plan): Note[] {
  const names = drafts.flatMap((draft, index) => {
    const { headers, content } = draft.exchange
    const length = Number(headerOf(headers, 'content-length') ?? 0)
    return content === undefined && length > 0 ? [requestNames[index] ?? ''] : []
  })
  return names.length === 0
    ? []
    : [{ text: `what these requests carried is not in the recording, so write it: ${listed(names)}` }]
}

/** Operations of GraphQL whose texts are nowhere in the recording. */
function missingTexts({ drafts, requestNames }: Plan): Note[] {
  const names = drafts.flatMap(({ exchange }, index) =>
    isHashAlone(exchange) ? [requestNames[index] ?? ''] : [],
  )
  return names.length === 0
    ? []
    : [
        {
          text: `operations that were sent by their hashes alone are not in the recording, so that the target has to know them: ${listed(names)}`,
        },
      ]
}

/** Cookies that requests sent and no answer has set: a session that was there before. */
function missingCookies({ drafts }: Plan): Note[] {
  const set = new Set(
    drafts.flatMap(({ exchange }) =>
      (exchange.answer?.headers ?? []).flatMap(([name, value]) =>
        /^set-cookie$/i.test(name) ? value.split('\n').map((line) => line.split('=')[0]?.trim() ?? '') : [],
      ),
    ),
  )
  const sent = new Set(
    drafts.flatMap(({ exchange }) =>
      (headerOf(exchange.headers, 'cookie') ?? '')
        .split(';')
        .map((one) => one.split('=')[0]?.trim() ?? '')
        .filter((name) => name !== '' && !set.has(name)),
    ),
  )
  return sent.size === 0
    ? []
    : [
        {
          text: `cookies that no answer in the recording has set are not sent: ${listed([...sent])}. Record from the log-in on, in a private window`,
        },
      ]
}

/** Ids in paths that no answer has given. */
function unknownIds({ drafts, requestNames }: Plan): Note[] {
  const names = drafts.flatMap((draft, index) => {
    const name = requestNames[index] ?? ''
    const literal = draft.path.some(
      (part) => typeof part === 'string' && name.includes(':id') && isIdPart(part),
    )
    return literal ? [name] : []
  })
  return names.length === 0
    ? []
    : [
        {
          text: `ids that no answer before has given are in the source as they were recorded: ${listed(names)}`,
        },
      ]
}

const isIdPart = (part: string): boolean => /\d/.test(part) && !/^v\d/.test(part)

function emptyFiles({ drafts }: Plan): Note[] {
  const files = drafts.flatMap(({ payload }) =>
    payload?.type === 'multipart'
      ? payload.fields.flatMap(({ file, value }) => (file !== undefined && value === '' ? [file] : []))
      : [],
  )
  return files.length === 0
    ? []
    : [{ text: `files are empty, since the recording has no bytes of them: ${listed(files)}` }]
}

/** What of a socket is waited for; what it said may be needed, and is not read. */
const socketsIn = ({ drafts, requestNames }: Plan): Note[] =>
  drafts.flatMap(({ payload, exchange: { messages = [] } }, index) => {
    if (payload?.type !== 'socket') return []
    const came = messages.filter(({ sent }) => !sent).length
    const waited = payload.moves.filter((move) => 'next' in move).length
    const bytes = messages.some(({ text }) => text === undefined) ? '; messages of bytes are left out' : ''
    return [
      {
        text: `of ${came} messages that came on the socket ${requestNames[index] ?? ''}, ${waited} are waited for, one after each that is sent${bytes}`,
      },
    ]
  })

/** What was asked again and again. */
const pollsIn = ({ drafts, requestNames }: Plan): Note[] =>
  drafts.flatMap(({ exchange: { polled } }, index) =>
    polled === undefined
      ? []
      : [
          {
            text: `${requestNames[index] ?? ''} was sent ${polled.times} times until ${'status' in polled.until ? `it answered ${polled.until.status}` : `${polled.until.path} was ${JSON.stringify(polled.until.value)}`}: poll() sends it 30 times at most`,
          },
        ],
  )

const MAX_LISTED = 5
const listed = (names: readonly string[]): string => {
  const own = [...new Set(names)]
  return (
    own.slice(0, MAX_LISTED).join(', ') +
    (own.length > MAX_LISTED ? `, and ${own.length - MAX_LISTED} more` : '')
  )
}
