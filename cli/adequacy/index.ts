/** A test beside production: what production was asked for, and whether a test asks for the same. */
export { adequacyOf, type Adequacy, type TestTraffic } from './adequacy.ts'
export { ADEQUACY_HEADS, adequacyCells } from './cells.ts'
export {
  productionFile,
  productionText,
  readProduction,
  type PerSecond,
  type Production,
  type ProductionShare,
} from './production.ts'
