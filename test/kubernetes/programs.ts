import { execFile } from 'node:child_process'
import { access, mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { cachedBinary } from '../../cli/k6/cache.ts'
import { debianProgram } from '../engine/debian.ts'

const run = promisify(execFile)

/** The release of the k6-operator that is tested. */
const OPERATOR = 'v1.6.0'

/** The programs of a cluster, each by its path, and the operator's own manifest. */
export interface Programs {
  readonly etcd: string
  readonly bwrap: string
  readonly apiserver: string
  readonly controllerManager: string
  readonly scheduler: string
  readonly operator: string
  /** The `bundle.yaml` that the operator's release is installed by. */
  readonly operatorManifest: string
}

/**
 * Finds the programs of a cluster. Debian has etcd and bubblewrap; the control plane is built from the Go modules of
 * `control-plane/go.mod`, the operator from its own, once: minutes. K6_OPERATOR_DIR names a checkout of the operator where
 * no Go proxy has it.
 */
export async function findPrograms(say: (text: string) => void): Promise<Programs> {
  const modules = join(import.meta.dirname, 'control-plane')
  const { stdout } = await run('go', ['list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'], {
    cwd: modules,
  })
  const version = stdout.trim()
  const ofKubernetes = (name: string): Promise<string> =>
    built({ name, version, from: modules, what: `k8s.io/kubernetes/cmd/${name}`, say })
  const operator = await operatorSource()
  return {
    etcd: debianProgram('etcd', 'etcd-server'),
    bwrap: debianProgram('bwrap', 'bubblewrap'),
    apiserver: await ofKubernetes('kube-apiserver'),
    controllerManager: await ofKubernetes('kube-controller-manager'),
    scheduler: await ofKubernetes('kube-scheduler'),
    operator: await built({ name: 'k6-operator', version: OPERATOR, from: operator, what: './cmd', say }),
    operatorManifest: join(operator, 'bundle.yaml'),
  }
}

async function operatorSource(): Promise<string> {
  if (process.env.K6_OPERATOR_DIR) return process.env.K6_OPERATOR_DIR
  const { stdout } = await run('go', [
    'mod',
    'download',
    '-json',
    `github.com/grafana/k6-operator@${OPERATOR}`,
  ])
  return (JSON.parse(stdout) as { Dir: string }).Dir
}

interface Build {
  readonly name: string
  readonly version: string
  /** The folder of the module that builds it. */
  readonly from: string
  readonly what: string
  readonly say: (text: string) => void
}

async function built({ name, version, from, what, say }: Build): Promise<string> {
  const path = join(dirname(cachedBinary(process.env, `../kubernetes/${version}`)), name)
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (there) return path
  say(`Building ${name} ${version}: minutes, once.\n`)
  await mkdir(dirname(path), { recursive: true })
  const whole = `${path}.${process.pid}`
  await run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', whole, what], { cwd: from })
  await rename(whole, path)
  return path
}
