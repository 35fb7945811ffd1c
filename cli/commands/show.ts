import type { Command } from 'commander'
import { dataOf, detailsText } from '../report/index.ts'
import { openRun, type Places } from '../verdict/index.ts'
import { comparedLine } from './compared.ts'
import { withPlaces } from './options.ts'
import { out } from './output.ts'

/** `loadwright show`: everything that a run left, on the terminal. */
export function addShow(program: Command): void {
  withPlaces(
    program
      .command('show')
      .description('Show a run in full: its report, settings, where it came from, its files')
      .argument('[run]', 'latest, a run’s id or the beginning of one, its folder or its run.json', 'latest'),
  )
    .addHelpText(
      'after',
      `
Examples:
  loadwright show
  loadwright show boutique-20261122 | less -R`,
    )
    .action(async (run: string, places: Places) => {
      const opened = await openRun(places.results, run)
      const compared = await comparedLine(opened, places)
      out(await detailsText(opened.folder.path, await dataOf(opened), compared))
    })
}
