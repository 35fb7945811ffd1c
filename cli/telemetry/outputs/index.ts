/** k6's own outputs beside the recorder: read, tried before a run, handed to k6. */
export { type Output } from './output.ts'
export { outputsOf, withoutOutputs } from './outputs.ts'
export { argumentsOf, readyOutputs, type ReadyOutputs } from './ready.ts'
