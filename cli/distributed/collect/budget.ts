/** More bytes are being read at once than there may be. */
export class Overfull extends Error {
  constructor() {
    super('There were too many bytes at once: send it again.')
  }
}

/** Counts the bytes of all bodies that are being read, whatever their heads say of them. */
export interface Budget {
  /** Does work that counts each of its bytes as they come, and holds them until it is done. Rejects with Overfull. */
  spend<T>(work: (count: (bytes: number) => void) => Promise<T>): Promise<T>
}

/** A budget of so many bytes at once. */
export function createBudget(most: number): Budget {
  let held = 0
  return {
    async spend(work) {
      let own = 0
      try {
        return await work((bytes) => {
          if (held + bytes > most) throw new Overfull()
          held += bytes
          own += bytes
        })
      } finally {
        held -= own
      }
    },
  }
}
