/** Whether a file is a preset, by its name. */
export const isPreset = (name: string): boolean => /\.ya?ml$/i.test(name)
