export { buy, PAGES } from './buy.ts'
