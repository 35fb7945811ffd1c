/** Where the stack listens on this machine, on loopback alone. */
export const PORTS = { grafana: 3000, prometheus: 9090, alertmanager: 9093, tempo: 3200, otlp: 4318 } as const

/** A service's address for who is on this machine. */
export const stackUrl = (service: keyof typeof PORTS): string => `http://127.0.0.1:${PORTS[service]}`
