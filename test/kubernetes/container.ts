import { join, resolve } from 'node:path'
import type { Container } from './pods.ts'
import { startProcess, type Process } from './processes.ts'
import { expanded } from './environment.ts'

/** What an image is on this machine: programs by their names or paths in it, folders that it can see, and what it runs by itself. */
export interface Image {
  readonly programs?: Readonly<Record<string, string>>
  readonly folders?: readonly string[]
  readonly entrypoint?: readonly string[]
}

/** How a container is started. */
export interface ContainerStart {
  readonly bwrap: string
  readonly container: Container
  readonly image: Image
  readonly env: Readonly<Record<string, string>>
  /** The folders of the pod's volumes lie here by name, and its `hosts`. */
  readonly folder: string
  /** The address that the pod is behind: what it would listen on everywhere, it listens on there. */
  readonly address: string
  readonly log: string
}

const SYSTEM = [
  ...['--ro-bind', '/usr', '/usr', '--ro-bind', '/etc', '/etc', '--proc', '/proc', '--dev', '/dev'],
  ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
  ...['--tmpfs', '/tmp', '--tmpfs', '/run', '--symlink', '../run', '/var/run', '--dir', '/root'],
]

/** Starts a container as a process with file systems of its own, on the network of this machine. */
export function startContainer(start: ContainerStart): Process {
  const { bwrap, container, image, folder, address, log } = start
  const here = (text: string): string => text.replaceAll('0.0.0.0:', `${address}:`)
  const env = {
    PATH: '/image:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    ...Object.fromEntries(Object.entries(start.env).map(([key, value]) => [key, here(value)])),
  }
  const command = [...(container.command ?? image.entrypoint ?? []), ...(container.args ?? [])]
  const programs = Object.entries(image.programs ?? {})
  const folders = image.folders ?? []
  const mounts = (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath = '', readOnly }) => [
    readOnly ? '--ro-bind' : '--bind',
    join(folder, 'volumes', name, subPath),
    mountPath.replace(/^\/var\/run\//, '/run/'),
  ])
  return startProcess({
    command: [
      bwrap,
      ...SYSTEM,
      ...['--ro-bind', join(folder, 'hosts'), '/etc/hosts'],
      ...programs.flatMap(([name, path]) => ['--ro-bind', path, resolve('/image', name)]),
      ...folders.flatMap((path) => ['--ro-bind', path, path]),
      ...mounts,
      ...(container.securityContext?.readOnlyRootFilesystem ? ['--remount-ro', '/'] : []),
      ...['--chdir', container.workingDir ?? '/', '--'],
      ...command.map((text) => here(expanded(text, env))),
    ],
    env,
    log,
  })
}
