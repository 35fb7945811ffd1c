import { expect, test } from 'vitest'

import { found, good, panel } from '../testkit.ts'

test('a link to a run without its time is found', () => {
  const dashboard = good()
  panel(dashboard).links = [{ title: 'x', url: '/d/loadwright-run-native?var-testid=${testid}' } as never]
  expect(found(dashboard)).toContain('panels.1.links.0.url: leads to a run without its time')
})
