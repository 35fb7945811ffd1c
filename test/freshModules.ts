import { vi } from 'vitest'

// Each test file imports what runs inside k6 anew, and meets a double of its own: what both keep is a VU's.
vi.resetModules()
Reflect.deleteProperty(globalThis, Symbol.for('loadwright.testing.k6'))
