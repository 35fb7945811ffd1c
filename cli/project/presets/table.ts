import { ALERT_PERIODS, ALERTS } from '../../../config/monitor/monitor.ts'
import { PROFILE_NAMES } from '../../../config/workload/profiles.ts'
import type { ObjectShape, Shape } from './shape.ts'
import {
  duration,
  either,
  list,
  map,
  name,
  number,
  object,
  oneOrMore,
  raise,
  text,
  url,
  whole,
  word,
} from './shapes.ts'

const VALUE = 'text; ${NAME} is read from the environment when it runs'

const EXPRESSION = text('An expression, such as p(95)<500.', "a limit such as 'p(95)<500'")

const THRESHOLD: readonly Shape[] = [
  EXPRESSION,
  object(
    'A limit that may end the run.',
    {
      threshold: EXPRESSION,
      abortOnFail: {
        kind: 'boolean',
        about: 'Whether the run ends where it is crossed.',
        allowed: 'true or false',
      },
      delayAbortEval: duration('How long it is not looked at.'),
    },
    ['threshold'],
  ),
]

const LIMITS = either(
  'A limit as k6 writes it, or several.',
  "a limit such as 'p(95)<500', or a list of limits",
  ...THRESHOLD,
  list('Limits.', either('A limit as k6 writes it.', EXPRESSION.allowed, ...THRESHOLD), 'a list of limits'),
)

const CHECKS = object('What must hold of the response.', {
  status: oneOrMore(whole('The status, or the statuses, that the response may have.', 599)),
  contains: oneOrMore(text('A text that the body has.')),
  within: duration('The longest time that the response may take.'),
  header: either(
    'A header that the response has: its name, or names with values.',
    "a header's name, or names with values",
    text('The name of a header.'),
    map('Headers with their values.', text('A value.'), "a header's name with its value"),
  ),
})

const REQUEST = object('A request.', {
  name: text(
    'By which it is measured. Default: its method and path.',
    'at most 64 characters without , : { }',
    {
      pattern: '^[^,:{}]{1,64}$',
    },
  ),
  method: word('Default: GET.', ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: text(
    `A path of the target, such as /cart. ${VALUE}`,
    "a path such as /cart, or a URL of the target's host",
    {
      pattern: '^(/|https?://)\\S*$',
    },
  ),
  graphql: object(
    `An operation of GraphQL, in place of method, path and body. Path: /graphql. Variables: ${VALUE}`,
    {
      query: text('The document, such as query products { products { id } }.', 'a document of GraphQL'),
      variables: map('Variables by name.', { kind: 'json', allowed: 'JSON' }, 'variables by name'),
      operationName: text('Which of several operations is meant.'),
    },
    ['query'],
  ),
  headers: map(`Headers. ${VALUE}`, text('A value.'), 'names with values'),
  query: map(`Parameters of the URL. ${VALUE}`, text('A value.'), 'names with values'),
  body: {
    kind: 'json',
    about: `An object or a list is sent as JSON, a text as it is. ${VALUE}`,
    allowed: 'JSON or a text',
  },
  form: map(`Fields of a form. ${VALUE}`, oneOrMore(text('A value.')), 'names with values'),
  weight: number(
    'How often it is made, relative to the others. With weights each iteration makes one request.',
  ),
  checks: CHECKS,
})

/** Everything that a preset may say. */
export const PRESET: ObjectShape = object(
  'A load test without code.',
  {
    name: name("The test's name everywhere. Default: the file's."),
    description: text('What it is for, in a sentence.'),
    target: url('What is loaded. Default: the target of the environment.'),
    environment: text('An environment of loadwright.config.ts. Default: one of its own, if it has a target.'),
    profile: word('The shape of load. Default: smoke.', PROFILE_NAMES),
    load: object('Its size: users, or iterations started per second. Default: { rate: 1 }.', {
      vus: whole('Users, each of whom starts again when done.'),
      rate: number('Iterations started per second, whatever the target does.'),
      pattern: list(
        'What the profile replay replays: levels of the rate, each held for a part of the time.',
        object(
          'A level.',
          {
            times: number('As a multiple of the rate.'),
            share: number('The part of the time in which it is held; all of them add up to 1.', 1),
          },
          ['times', 'share'],
        ),
        'levels such as [{ times: 0.7, share: 0.9 }, { times: 3.7, share: 0.1 }]',
      ),
    }),
    rampUp: duration('How long ramp-up takes. Default: as the profile says.'),
    warmUp: duration('How long warm-up takes. Default: as the profile says.'),
    duration: duration('How long each judged phase lasts. Default: as the profile says.'),
    rampDown: duration('How long ramp-down takes. Default: as the profile says.'),
    think: either(
      'How long a user waits after a request: a time, or the shortest and the longest. Default: 1s with vus, nothing with rate.',
      'a time such as 1s, or two such as [1s, 3s]',
      duration('A time.'),
      list('The shortest and the longest time.', duration('A time.'), 'two times such as [1s, 3s]'),
    ),
    requests: list(
      'Without weights all of them in this order, a step each; with weights one in each iteration.',
      REQUEST,
      'a list of requests such as - { path: /cart }',
    ),
    suite: text(
      'A suite of the project by its name; or a file that exports journeys, from this file; or a module such as loadwright/journeys/boutique.',
      'a suite, a file or a module',
    ),
    journeys: list(
      'Journeys of the suite, with their shares of the load. Default: all that it exports.',
      either(
        'A journey: its name, or its name with its share.',
        "a journey's name, or { name: share }",
        text('A name.'),
        map(
          'A name with its share.',
          number('Its share, relative to the others.'),
          'one name with its share, such as { checkout: 2 }',
        ),
      ),
      'a list of names such as [browse, { checkout: 2 }]',
    ),
    thresholds: map(
      "Limits by metric, such as http_req_duration: ['p(95)<500'].",
      LIMITS,
      'limits by metric',
    ),
    limits: object('What no run may exceed: it is refused before it starts.', {
      vus: whole('VUs, all together.'),
      rate: number('Iterations started per second, all together.'),
      duration: duration('From the first start to the last stop.'),
      browserVUs: whole('VUs with a browser.'),
    }),
    regions: either(
      'Load zones of Grafana Cloud k6: a list for equal shares, or percents by zone.',
      'load zones such as [amazon:us:ashburn], or percents by zone',
      list(
        'Load zones with equal shares.',
        text('A load zone.', 'a load zone such as amazon:us:ashburn', { pattern: '^\\S+( \\S+)*$' }),
        'load zones',
      ),
      map('Whole percents by zone, 100 together.', whole('Percents.', 100), 'percents by zone'),
    ),
    monitor: object('A check of Grafana Synthetic Monitoring, on the probes of its regions.', {
      every: duration('How often it runs, 1m to 1h. Default: 5m.'),
      timeout: duration('When it is ended, 5s to 3m. Default: 30s; in a browser 60s.'),
      probes: list(
        'Where it runs. Default: where its regions are.',
        text('A probe, such as Frankfurt, or a private one.'),
        'names of probes such as [Frankfurt, London]',
      ),
      labels: map('Labels on every series.', text('A value.'), 'labels with their values'),
      alerts: list(
        'Alert rules.',
        object(
          'An alert rule.',
          {
            name: word('What it looks at.', ALERTS),
            threshold: whole('Failed passes, of all probes together.'),
            period: word('What it looks back over.', ALERT_PERIODS),
            runbookUrl: url('Where it is written what to do about it.'),
          },
          ['name', 'threshold', 'period'],
        ),
        `alerts such as [{ name: ${ALERTS[0]}, threshold: 2, period: 15m }]`,
      ),
    }),
    tolerances: list(
      'Changes for the worse that loadwright gate lets through.',
      object(
        'A change that is tolerated.',
        {
          metric: text('As loadwright compare --format json names it.'),
          journey: text('Its journey. Default: every one.'),
          step: text('Its step. Default: every one.'),
          limit: raise('+10% of the baseline, or +1 points of a share.'),
          owner: text('Who is named where it is exceeded.'),
        },
        ['metric', 'limit', 'owner'],
      ),
      'a list of tolerances',
    ),
  },
  [],
  'what to load and how, such as requests: [{ path: / }]',
)
