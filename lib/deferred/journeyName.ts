import { errorNamed } from '../errors.ts'

/** Throws UsageError for a journey's name that a tag or a threshold's key could not carry. */
export const checkName = (name: string): void => {
  if (!/^[^,{}:]{1,64}$/.test(name))
    throw errorNamed(`a journey's name may not be empty, longer than 64, or contain , : { }: got "${name}"`)
}
