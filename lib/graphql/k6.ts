import crypto from 'k6/crypto'

/** What the door takes of k6. */
export { crypto }
