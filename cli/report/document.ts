import { createHash } from 'node:crypto'
import { h, toHtml, type Branch } from './tree.ts'

/** What a page is made of. */
export interface Document {
  title: string
  style: string
  /** The only script that may run. */
  script?: string
  /** It may ask its own server for events. */
  live?: boolean
  body: Branch
  /** What stands at the end of the body: elements with scripts and data in them. */
  ending?: readonly string[]
}

/** A page as one HTML file that fetches nothing: its policy names the style and the script that are in it. */
export function htmlDocument({ title, style, script, live = false, body, ending = [] }: Document): string {
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    `style-src ${hashOf(style)}`,
    'img-src data:',
    ...(live ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    toHtml(h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy })),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="loadwright">',
    '<link rel="icon" href="data:,">',
    toHtml(h('title', {}, title)),
    `<style>${style}</style>`,
    '</head>',
    toHtml(body).replace(/<\/body>$/, ''),
    ...ending,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
