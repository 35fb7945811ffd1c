import type { Comparison } from './claim.ts'

/** Words of assertions, with what they compare. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['equal', 'equal'],
  ['equals', 'equal'],
  ['eq', 'equal'],
  ['eql', 'equal'],
  ['eqls', 'equal'],
  ['oneOf', 'oneOf'],
  ['below', 'below'],
  ['lessThan', 'below'],
  ['lt', 'below'],
  ['most', 'most'],
  ['lte', 'most'],
  ['above', 'above'],
  ['greaterThan', 'above'],
  ['gt', 'above'],
  ['least', 'least'],
  ['gte', 'least'],
  ['include', 'include'],
  ['includes', 'include'],
  ['contain', 'include'],
  ['contains', 'include'],
  ['match', 'match'],
  ['matches', 'match'],
  ['string', 'include'],
  ['a', 'type'],
  ['an', 'type'],
])
/** Words of assertions that say nothing by themselves. */
export const FILLERS: ReadonlySet<string> = new Set(
  'to be been is that which and has have with at of same but does still also own deep a an'.split(' '),
)
/** Words of assertions that stand alone. */
export const ALONE: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['exist', 'exist'],
  ['empty', 'empty'],
  ['ok', 'truthy'],
])
/** Words of assertions that stand for a value. */
export const LITERALS: ReadonlyMap<string, string | boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])
/** Statuses by their reasons. */
export const REASONS: ReadonlyMap<string, number> = new Map([
  ['OK', 200],
  ['Created', 201],
  ['Accepted', 202],
  ['No Content', 204],
  ['Bad Request', 400],
  ['Unauthorized', 401],
  ['Forbidden', 403],
  ['Not Found', 404],
])
/** Statuses that Postman's own words stand for. */
export const WORDS: ReadonlyMap<string, readonly number[]> = new Map([
  ['ok', [200]],
  ['success', [200, 201, 202, 203, 204, 206]],
  ['accepted', [202]],
  ['badRequest', [400]],
  ['unauthorized', [401]],
  ['forbidden', [403]],
  ['notFound', [404]],
  ['rateLimited', [429]],
])

/** Operators, with what they compare, and with what they do where their sides are turned. */
export const OPERATORS: ReadonlyMap<string, { comparison: Comparison; turned: Comparison }> = new Map([
  ['==', { comparison: 'equal', turned: 'equal' }],
  ['===', { comparison: 'equal', turned: 'equal' }],
  ['!=', { comparison: 'equal', turned: 'equal' }],
  ['!==', { comparison: 'equal', turned: 'equal' }],
  ['<', { comparison: 'below', turned: 'above' }],
  ['<=', { comparison: 'most', turned: 'least' }],
  ['>', { comparison: 'above', turned: 'below' }],
  ['>=', { comparison: 'least', turned: 'most' }],
])
