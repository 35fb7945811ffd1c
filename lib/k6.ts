import exec from 'k6/execution'
import http from 'k6/http'

/** What the library takes of k6, in one place: a bundle has an import for each file that has one. */
export { check, sleep } from 'k6'
export { SharedArray } from 'k6/data'
export { Counter, Gauge, Rate, Trend } from 'k6/metrics'
export { exec, http }
