/** What a rule of the Pod Security Standards reads of a container or of a pod. */
type Fields = Readonly<Record<string, unknown>>

/** A container as it is in a pod. */
export interface PodContainer {
  readonly name?: string
  readonly securityContext?: Fields
  readonly ports?: readonly Fields[]
}

/** The spec of a pod, as far as it is looked at. */
export interface PodSpec {
  readonly securityContext?: Fields
  readonly containers: readonly PodContainer[]
  readonly initContainers?: readonly PodContainer[]
  readonly volumes?: readonly Fields[]
  readonly hostNetwork?: boolean
}

/** A control: a field, and which values are allowed; undefined is one of them where the field may be left out. */
type Control = readonly [field: string, allowed: readonly unknown[] | ((value: unknown) => boolean)]

const isNone = (value: unknown): boolean => value === undefined || (value as unknown[]).length === 0
/** Each of a list is one of these; the list may be left out. */
const onlyOf =
  (...allowed: readonly string[]) =>
  (value: unknown): boolean =>
    ((value ?? []) as string[]).every((one) => allowed.includes(one))

const SE_LINUX = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']
const APP_ARMOR = [undefined, 'RuntimeDefault', 'Localhost']

/** Of a pod: https://kubernetes.io/docs/concepts/security/pod-security-standards/, "Baseline" and "Restricted", as k8s.io/pod-security-admission v0.36 checks them. */
const OF_PODS: readonly Control[] = [
  ['hostNetwork', [undefined, false]],
  ['hostPID', [undefined, false]],
  ['hostIPC', [undefined, false]],
  ['securityContext.windowsOptions.hostProcess', [undefined, false]],
  ['securityContext.seLinuxOptions.type', SE_LINUX],
  ['securityContext.seLinuxOptions.user', [undefined, '']],
  ['securityContext.seLinuxOptions.role', [undefined, '']],
  ['securityContext.appArmorProfile.type', APP_ARMOR],
  // A few are allowed, and none is needed.
  ['securityContext.sysctls', isNone],
  ['securityContext.runAsUser', (value) => value !== 0],
]

/** Of each container, also of those of the beginning. */
const OF_CONTAINERS: readonly Control[] = [
  ['securityContext.privileged', [undefined, false]],
  ['securityContext.allowPrivilegeEscalation', [false]],
  ['securityContext.capabilities.drop', (value) => ((value ?? []) as string[]).includes('ALL')],
  ['securityContext.capabilities.add', onlyOf('NET_BIND_SERVICE')],
  ['securityContext.procMount', [undefined, 'Default']],
  ['securityContext.windowsOptions.hostProcess', [undefined, false]],
  ['securityContext.seLinuxOptions.type', SE_LINUX],
  ['securityContext.seLinuxOptions.user', [undefined, '']],
  ['securityContext.seLinuxOptions.role', [undefined, '']],
  ['securityContext.appArmorProfile.type', APP_ARMOR],
  ['securityContext.runAsUser', (value) => value !== 0],
  ['ports', (value) => ((value ?? []) as Fields[]).every(({ hostPort = 0 }) => hostPort === 0)],
  ...['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'].flatMap(
    (probe): Control[] => ['httpGet', 'tcpSocket'].map((by) => [`${probe}.${by}.host`, [undefined, '']]),
  ),
]

/** Of each container, or of its pod where the container does not say it. */
const OF_EITHER: readonly Control[] = [
  ['securityContext.runAsNonRoot', [true]],
  ['securityContext.seccompProfile.type', ['RuntimeDefault', 'Localhost']],
]

const VOLUMES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim'],
  ...['image', 'projected', 'secret'],
]

/** Why a namespace with `pod-security.kubernetes.io/enforce: restricted` would refuse a pod; nothing where it would not. */
export function securityProblems(pod: PodSpec): string[] {
  const containers = [...(pod.initContainers ?? []), ...pod.containers]
  const problems = [
    ...OF_PODS.flatMap((control) => problemOf(pod, control)),
    ...(pod.volumes ?? []).flatMap(({ name, ...source }) =>
      Object.keys(source).every((kind) => VOLUMES.includes(kind)) ? [] : [`volume ${String(name)}`],
    ),
  ]
  const ofContainers = containers.flatMap((container) => {
    const found = [
      ...OF_CONTAINERS.flatMap((control) => problemOf(container, control)),
      ...OF_EITHER.flatMap(([field, allowed]) =>
        problemOf(valueAt(container, field) === undefined ? pod : container, [field, allowed]),
      ),
    ]
    return found.map((problem) => `${String(container.name)}: ${problem}`)
  })
  return [...problems, ...ofContainers]
}

function problemOf(of: object, [field, allowed]: Control): string[] {
  const value = valueAt(of, field)
  const isAllowed = typeof allowed === 'function' ? allowed(value) : allowed.includes(value)
  return isAllowed ? [] : [`${field} is ${value === undefined ? 'not set' : JSON.stringify(value)}`]
}

const valueAt = (of: object, field: string): unknown =>
  field.split('.').reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], of)
