import { generateKeyPairSync } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { freePort } from '../../cli/base/index.ts'
import { apiOf, type Api } from './api.ts'
import { startProcess, stopAll, untilReady, type Process } from './processes.ts'
import type { Programs } from './programs.ts'

/** A control plane of Kubernetes, without a node. */
export interface ControlPlane {
  readonly port: number
  /** What signs the API server's certificate. */
  readonly certificate: string
  /** Allowed everything. */
  readonly api: Api
  readonly kubeconfig: string
  /** The text of a kubeconfig for another account, by its token, in a namespace. */
  kubeconfigOf(account: { token: string; namespace: string }): string
  stop(): Promise<void>
}

/** Services have addresses of loopback, where the processes of their pods listen themselves: no proxy is needed. */
export const SERVICE_ADDRESSES = '127.96.0.0/16'

/** An address of this machine other than loopback, which Kubernetes refuses for nodes and pods. */
export const hostAddress = (): string => {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
  const found = all.find(({ family, internal }) => family === 'IPv4' && !internal)
  if (!found) throw new Error('The tests of Kubernetes need a network interface besides loopback.')
  return found.address
}

/**
 * Starts etcd, kube-apiserver, kube-controller-manager and kube-scheduler in a folder, on free ports of loopback; services
 * have addresses of the range `services`, which no other control plane has.
 */
export async function startControlPlane(
  programs: Programs,
  folder: string,
  services: string,
): Promise<ControlPlane> {
  const at = (name: string): string => join(folder, name)
  await mkdir(folder, { recursive: true })
  const [port, etcdPort, peerPort] = [await freePort(), await freePort(), await freePort()]
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(at('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  await writeFile(at('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
  await writeFile(at('tokens.csv'), 'the-token-of-the-tests,admin,admin,"system:masters"\n', { mode: 0o600 })

  const etcdUrl = `http://127.0.0.1:${etcdPort}`
  const peerUrl = `http://127.0.0.1:${peerPort}`
  const etcd = startProcess({
    command: [
      programs.etcd,
      `--data-dir=${at('etcd')}`,
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync',
    ],
    log: at('etcd.log'),
  })
  const started: Process[] = [etcd]
  const stop = (): Promise<void> => stopAll([...started].reverse())
  try {
    await untilReady(etcd, async () => (await fetch(`${etcdUrl}/health`)).ok)
    const apiserver = startProcess({
      command: [
        programs.apiserver,
        `--etcd-servers=${etcdUrl}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${port}`,
        `--advertise-address=${hostAddress()}`,
        '--endpoint-reconciler-type=none',
        `--cert-dir=${at('certificates')}`,
        `--token-auth-file=${at('tokens.csv')}`,
        '--authorization-mode=RBAC',
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${at('accounts.pub')}`,
        `--service-account-signing-key-file=${at('accounts.key')}`,
        `--service-cluster-ip-range=${services}`,
        '--kubelet-preferred-address-types=InternalIP',
      ],
      log: at('apiserver.log'),
    })
    started.push(apiserver)
    const api = apiOf(`https://127.0.0.1:${port}`, 'the-token-of-the-tests')
    await untilReady(apiserver, async () => (await api<string>('GET', '/readyz')) === 'ok')
    const certificate = at('certificates/apiserver.crt')
    const kubeconfig = at('kubeconfig')
    const textOf: ControlPlane['kubeconfigOf'] = (account) => kubeconfigOf(port, certificate, account)
    const admin = { token: 'the-token-of-the-tests', namespace: 'default' }
    await writeFile(kubeconfig, textOf(admin), { mode: 0o600 })
    const shared = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0']
    started.push(
      startProcess({
        command: [
          programs.controllerManager,
          ...shared,
          `--service-account-private-key-file=${at('accounts.key')}`,
          `--root-ca-file=${certificate}`,
        ],
        log: at('controller-manager.log'),
      }),
      startProcess({ command: [programs.scheduler, ...shared], log: at('scheduler.log') }),
    )
    return { port, certificate, api, kubeconfig, kubeconfigOf: textOf, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function kubeconfigOf(
  port: number,
  certificate: string,
  { token, namespace }: { token: string; namespace: string },
): string {
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': certificate }
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'tests', cluster }],
    users: [{ name: 'account', user: { token } }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'account', namespace } }],
    'current-context': 'tests',
  })
}
