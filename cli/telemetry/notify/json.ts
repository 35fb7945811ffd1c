import type { Notice } from './notice.ts'

/** The version of the shape of {@link jsonBody}. */
export const NOTICE_SCHEMA = 1

/** The body for whatever else reads JSON. */
export const jsonBody = ({ figures, ...notice }: Notice): object => ({
  loadwright: 'notice',
  schema: NOTICE_SCHEMA,
  ...notice,
  figures: figures.map(([name, value]) => ({ name, value })),
})
