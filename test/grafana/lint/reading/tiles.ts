import type { PanelTarget } from '../../../../cli/grafana/schema.ts'
import { defaultsOf, onEach } from './rule.ts'

/** Columns of the grid up to which a panel is a tile, and the characters of its title that fit at 1440 pixels. */
const TILE = { columns: 4, characters: 18 }

/** A tile says its title in full, and is green or red only by a limit. */
export const tiles = onEach(['stat'], (panel, say, { name, naming }) => {
  const { color, mappings = [] } = defaultsOf(panel)
  if (panel.gridPos.w <= TILE.columns && panel.title.length > TILE.characters)
    say(`its title has more than ${TILE.characters} characters, and is cut`)
  if (color?.mode.startsWith('palette'))
    say('its colour is the first of the palette, green, whatever it says')
  const hasOwn = name === 'run' && ['native', 'classic'].includes(naming)
  if (hasOwn && panel.gridPos.w <= TILE.columns && color?.mode === 'thresholds')
    say('its colour is a limit of the suite, not a threshold of the run')
  if (panel.title === 'Verdict') {
    if (!mappings.some(({ type, options }) => type === 'special' && options.match === 'null'))
      say('a verdict that is missing has no mapping')
    const verdicts = ((panel.targets ?? []) as PanelTarget[]).map(({ expr }) => String(expr))
    if (verdicts.some((expr) => /loadwright_run_verdict\{(?![^}]*verdict=")/.test(expr)))
      say('a run with two verdicts shows whichever comes last')
  }
})
