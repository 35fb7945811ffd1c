import pc from 'picocolors'
import { alignTable, plural, printable, share } from '../../base/index.ts'
import type { Baseline } from '../../record/index.ts'
import { figureText, type FigureSpread } from '../../verdict/index.ts'

/** What a list of baselines says of one. */
export function summaryOfBaseline(file: string, { runs, ...head }: Baseline): object {
  const { suite, profile, environment } = runs[0]?.conditions ?? {}
  return {
    file,
    ...head,
    suite,
    profile,
    environment,
    runs: runs.map(({ id, startedAt }) => ({ id, startedAt })),
  }
}

const day = (time: string | undefined): string => time?.slice(0, 16).replace('T', ' ') ?? ''

/** Baselines for a terminal, one a line. */
export function baselinesText(
  all: readonly { readonly file: string; readonly baseline: Baseline }[],
): string {
  const rows = all.map(({ baseline: { name, kind, runs } }) => [
    printable(name),
    kind,
    plural(runs.length, 'run'),
    `${day(runs.at(-1)?.startedAt)} – ${day(runs[0]?.startedAt)}`,
  ])
  return alignTable(rows).join('\n')
}

/** A baseline for a terminal: its conditions, its runs, every figure with its noise. */
export function baselineDetails(file: string, baseline: Baseline, figures: readonly FigureSpread[]): string {
  const { name, kind, last, runs } = baseline
  const section = (title: string, rows: readonly string[][]): string[] => [
    '',
    pc.bold(title),
    ...alignTable(rows).map((line) => `  ${line}`),
  ]
  return [
    `${pc.bold(printable(name))}  ${kind}, at most ${plural(last, 'run')} · ${printable(file)}`,
    ...section(
      'Conditions',
      Object.entries<string>({ ...runs[0]?.conditions }).map(([key, value]) => [key, printable(value)]),
    ),
    ...section(
      'Runs',
      runs.map(({ id, startedAt }) => [printable(id), day(startedAt)]),
    ),
    ...section('Figures', [
      ['', '', 'median', 'noise'],
      ...figures.map(
        ({ journey, step, scenario, request, check, phase, metric, quantity, unit, median, noise }) => [
          printable([journey, step, scenario, request, check, phase].filter(Boolean).join(' › ')),
          `${metric} ${quantity}`,
          figureText(median, unit),
          noise === undefined ? '–' : `±${share(noise)}`,
        ],
      ),
    ]),
  ].join('\n')
}
