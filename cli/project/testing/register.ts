/**
 * `node --import loadwright/testing/register …`: `k6` and `k6/*` become the recording double, `*.pool.*` files their
 * pools, TypeScript runs, and the environments of loadwright.config.ts are known, as in a bundle. `__ENV` at init is
 * what the variable `LOADWRIGHT_TESTING_ENV` holds as JSON.
 *
 * @module
 */
import { register } from 'node:module'
import { builtOf } from './project.ts'

register(new URL(`./hooks${import.meta.url.slice(-3)}`, import.meta.url))
Object.assign(globalThis, { __LOADWRIGHT__: await builtOf() })
