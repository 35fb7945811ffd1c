import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetch as request } from 'undici'
import type { Api } from './api.ts'
import { startContainer, type Image } from './container.ts'
import { environmentOf } from './environment.ts'
import { type Container, type Pod } from './pods.ts'
import type { Process } from './processes.ts'
import { makeVolumes } from './volumes.ts'

/** What a pod needs of its node. */
export interface PodContext {
  readonly api: Api
  readonly bwrap: string
  readonly folder: string
  readonly hostAddress: string
  /** Where the pod listens. */
  readonly address: string
  /** The text of /etc/hosts. */
  readonly hosts: string
  readonly apiPort: number
  readonly imageOf: (image: string) => Image
}

/** Why a pod was ended from outside, as its status tells it. */
export interface Ending {
  /** Of the container: `OOMKilled`; of the pod: `Evicted`. */
  readonly container?: string
  readonly pod?: string
  readonly message?: string
}

interface Running {
  readonly container: Container
  process?: Process
  startedAt?: string
  finishedAt?: string
  exitCode?: number
  restarts: number
  ready: boolean
}

const now = (): string => new Date().toISOString().replace(/\.\d+/, '')

/** A pod on the node: its containers are processes. */
export class RunningPod {
  private readonly containers: Running[]
  private phase = 'Pending'
  private startedAt = ''
  private ending: Ending = {}
  private closing = false
  private problem = ''
  /** Of what was told last. */
  private told = ''
  readonly pod: Pod
  private readonly context: PodContext

  constructor(pod: Pod, context: PodContext) {
    this.pod = pod
    this.context = context
    this.containers = pod.spec.containers.map((container) => ({ container, restarts: 0, ready: false }))
  }

  get address(): string {
    return this.context.address
  }

  logOf(container: string): string {
    return join(this.context.folder, `${container}.log`)
  }

  get over(): boolean {
    return this.phase === 'Succeeded' || this.phase === 'Failed'
  }

  /** Starts its containers, those of the beginning one after the other. */
  async start(): Promise<void> {
    const { api, folder, hostAddress, hosts } = this.context
    this.startedAt = now()
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'hosts'), hosts)
      await makeVolumes(api, this.pod, join(folder, 'volumes'), hostAddress)
      for (const container of this.pod.spec.initContainers ?? []) {
        const { code } = await (await this.launch(container)).ended
        if (code === 0) continue
        this.problem = `The init container ${container.name} ended with exit code ${code}.`
        this.phase = 'Failed'
        return
      }
    } catch (error) {
      this.problem = (error as Error).message
      this.phase = 'Failed'
      return
    }
    this.phase = 'Running'
    for (const one of this.containers) void this.run(one)
  }

  /** Ends it as a node does that ran out of memory, or that somebody asked. */
  end(ending: Ending, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.ending = ending
    this.closing = true
    for (const { process } of this.containers) process?.kill(signal)
  }

  /** Ends it as its deletion does: politely, and not after `seconds`. */
  async remove(seconds: number): Promise<void> {
    this.end({}, 'SIGTERM')
    const late = setTimeout(() => this.end({}), seconds * 1000)
    await Promise.all(this.containers.flatMap(({ process }) => (process ? [process.ended] : [])))
    clearTimeout(late)
  }

  /** Tells the API server what changed since the last time. */
  async tell(): Promise<void> {
    const status = JSON.stringify(this.status())
    if (status === this.told) return
    const { namespace = 'default', name } = this.pod.metadata
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`
    await this.context.api('PATCH', path, { status: JSON.parse(status) as object })
    this.told = status
  }

  private async launch(container: Container): Promise<Process> {
    const { api, bwrap, folder, hostAddress, address, apiPort, imageOf } = this.context
    const env = {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(apiPort),
      HOSTNAME: this.pod.metadata.name,
      ...(await environmentOf(api, this.pod, container, hostAddress)),
    }
    const log = this.logOf(container.name)
    return startContainer({ bwrap, container, image: imageOf(container.image), env, folder, address, log })
  }

  private async run(one: Running): Promise<void> {
    for (;;) {
      try {
        one.process = await this.launch(one.container)
      } catch (error) {
        this.problem = (error as Error).message
        one.exitCode = 128
        break
      }
      one.startedAt = now()
      if (this.closing) one.process.kill('SIGKILL')
      void this.probe(one)
      const { code, signal } = await one.process.ended
      one.ready = false
      one.finishedAt = now()
      one.exitCode = signal === 'SIGKILL' ? 137 : signal === 'SIGTERM' ? 143 : code
      if (this.closing || this.pod.spec.restartPolicy !== 'Always') break
      one.restarts++
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    if (this.containers.some(({ exitCode, process }) => exitCode === undefined || process?.running())) return
    this.phase = this.containers.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed'
  }

  /** Asks a container whether it is ready, until it is. */
  private async probe(one: Running): Promise<void> {
    const { httpGet } = one.container.readinessProbe ?? {}
    while (one.process?.running()) {
      one.ready = httpGet === undefined || (await this.answers(one.container, httpGet))
      if (one.ready) return
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }

  private async answers(
    { ports }: Container,
    { path = '/', port, scheme = 'HTTP' }: { path?: string; port: number | string; scheme?: string },
  ): Promise<boolean> {
    const number = typeof port === 'number' ? port : ports?.find(({ name }) => name === port)?.containerPort
    const url = `${scheme.toLowerCase()}://${this.address}:${number}${path}`
    return request(url).then(
      ({ ok }) => ok,
      () => false,
    )
  }

  private status(): object {
    const { hostAddress } = this.context
    const ready = this.phase === 'Running' && this.containers.every((one) => one.ready)
    const condition = (type: string, yes: boolean): object => ({ type, status: yes ? 'True' : 'False' })
    return {
      phase: this.phase,
      ...(this.ending.pod !== undefined && { reason: this.ending.pod }),
      ...((this.ending.message ?? this.problem) && { message: this.ending.message ?? this.problem }),
      hostIP: hostAddress,
      hostIPs: [{ ip: hostAddress }],
      podIP: hostAddress,
      podIPs: [{ ip: hostAddress }],
      startTime: this.startedAt,
      conditions: [
        condition('PodScheduled', true),
        condition('Initialized', this.phase !== 'Pending'),
        condition('ContainersReady', ready),
        condition('Ready', ready),
      ],
      containerStatuses: this.containers.map((one) => ({
        name: one.container.name,
        image: one.container.image,
        imageID: '',
        restartCount: one.restarts,
        ready: one.ready,
        started: one.process?.running() ?? false,
        state: this.stateOf(one),
      })),
    }
  }

  private stateOf(one: Running): object {
    if (one.process?.running()) return { running: { startedAt: one.startedAt } }
    if (one.exitCode === undefined) return { waiting: { reason: 'ContainerCreating' } }
    const reason = this.ending.container ?? (one.exitCode === 0 ? 'Completed' : 'Error')
    const { exitCode, startedAt, finishedAt } = one
    return { terminated: { exitCode, reason, startedAt, finishedAt } }
  }
}
