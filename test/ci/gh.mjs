#!/usr/bin/env node
// What stands in for GitHub's `gh`: the few calls that the workflows make, on a state in a file (GH_STATE). Its token is
// the permissions of the job as JSON, and it refuses what they do not allow, as GitHub does.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const { GH_STATE = '', GH_JQ = '', GH_TOKEN, GITHUB_REPOSITORY } = process.env
const BOT = 'github-actions[bot]'
const SWITCHES = ['--paginate', '--force', '--silent']

const state = JSON.parse(readFileSync(GH_STATE, 'utf8'))
const [group, verb, ...rest] = process.argv.slice(2)
const { flags, names } = parsed(group === 'api' ? [verb, ...rest] : rest)

if (!GH_TOKEN) end(4, 'gh: set the GH_TOKEN environment variable')
state.calls.push(process.argv.slice(2).join(' '))
const answer = { api, auth, issue, label }[group]?.()
if (answer === undefined) end(2, `no such call: ${process.argv.slice(2).join(' ')}`)
writeFileSync(GH_STATE, JSON.stringify(state, undefined, 2))
if (!flags.silent)
  process.stdout.write(flags.jq && typeof answer !== 'string' ? picked(answer, flags.jq) : text(answer))

function parsed(args) {
  const flags = {}
  const names = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]
    if (!word.startsWith('-')) names.push(word)
    else if (SWITCHES.includes(word)) flags[word.slice(2)] = true
    else flags[word.replace(/^-+/, '')] = args[++at]
  }
  return { flags, names }
}

function picked(value, filter) {
  const { stdout, stderr, status } = spawnSync(GH_JQ, ['-r', filter], { input: JSON.stringify(value) })
  if (status !== 0) end(1, String(stderr))
  return String(stdout)
}

function text(value) {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function end(code, message) {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}

function may(scope, how = 'write') {
  const has = JSON.parse(GH_TOKEN)[scope]
  if (has !== 'write' && has !== how)
    end(1, `HTTP 403: Resource not accessible by integration (${scope}: ${how})`)
}

function bodyOf() {
  const file = flags['body-file'] ?? /^body=@(.*)$/.exec(flags.F ?? '')?.[1]
  const body = file === undefined ? (flags.body ?? flags.comment ?? '') : readFileSync(file, 'utf8')
  if (body.length > 65_536) end(1, 'HTTP 422: body is too long (maximum is 65536 characters)')
  return body
}

function api() {
  const [, path = ''] = names[0]?.split(`repos/${GITHUB_REPOSITORY}/`) ?? []
  const method = flags.method ?? (flags.F ? 'POST' : 'GET')
  if (/^actions\/runs\/\d+\/approvals$/.test(path)) {
    may('actions', 'read')
    return state.approvals
  }
  if (/^issues\/comments\/\d+$/.test(path) && method === 'PATCH') {
    may('pull-requests')
    const comment = state.comments.find(({ id }) => path.endsWith(`/${id}`))
    if (comment?.user.login !== BOT) end(1, 'HTTP 403')
    comment.body = bodyOf()
    return comment
  }
  if (/^issues\/\d+\/comments$/.test(path)) {
    may('pull-requests', method === 'GET' ? 'read' : 'write')
    if (method === 'GET') return state.comments
    const comment = { id: state.comments.length + 1, user: { login: BOT }, body: bodyOf() }
    state.comments.push(comment)
    return comment
  }
  return undefined
}

function auth() {
  return verb === 'setup-git' ? '' : undefined
}

function label() {
  may('issues')
  state.labels.push(names[0])
  return ''
}

function issue() {
  may('issues', verb === 'list' ? 'read' : 'write')
  if (verb === 'list') {
    const isAsked = (one) =>
      one.state === flags.state && one.label === flags.label && one.author === flags.app
    return state.issues.filter(isAsked).map(({ number }) => ({ number }))
  }
  if (verb === 'create') {
    if (!state.labels.includes(flags.label)) end(1, `could not add label: '${flags.label}' not found`)
    const number = state.issues.length + 1
    const { title, label } = flags
    const one = {
      number,
      title,
      label,
      author: 'github-actions',
      state: 'open',
      body: bodyOf(),
      comments: [],
    }
    state.issues.push(one)
    return `https://github.com/${GITHUB_REPOSITORY}/issues/${number}\n`
  }
  const one = state.issues.find(({ number }) => number === Number(names[0]))
  if (!one) end(1, `no issue ${names[0]}`)
  one.comments.push(bodyOf())
  if (verb === 'close') one.state = 'closed'
  return ''
}
