import { refuse } from '../base/index.ts'

/** Refuses files and folders that are named by nothing, as by a variable that is not set: nothing would lie there. */
export const refuseEmpty = (named: Readonly<Record<string, string>>): void =>
  refuse(
    Object.entries(named)
      .filter(([, value]) => value.trim() === '')
      .map(([flag]) => ({ where: `--${flag}`, got: 'nothing', allowed: 'a file or folder' })),
  )
