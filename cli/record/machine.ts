import { arch, availableParallelism, platform, totalmem } from 'node:os'

const GIB = 2 ** 30

/** The class of this machine, by which times may be compared: `linux x64, 2 CPUs, 8 GiB`. */
export const machineClass = (): string =>
  `${platform()} ${arch()}, ${availableParallelism()} CPUs, ${Math.round(totalmem() / GIB)} GiB`
