/** What the library takes of k6, in one place: a bundle has an import for each file that has one. */
export { check, sleep } from 'k6'
export { SharedArray } from 'k6/data'
export { default as exec } from 'k6/execution'
export { default as http } from 'k6/http'
export { Counter, Gauge, Rate, Trend } from 'k6/metrics'
