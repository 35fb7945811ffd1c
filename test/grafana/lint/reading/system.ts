import { onEach, queriesIn } from './rule.ts'

/** Metrics of the system under test. */
const SCRAPED = /\b(container|process|kube_pod)_/

/** The system under test is scraped as its data source says, and is not the Prometheus that scrapes it. */
export const system = onEach(['timeseries', 'table', 'stat'], (panel, say) => {
  const targets = (panel.targets ?? []) as { expr?: string; datasource?: { uid: string } }[]
  for (const { expr = '', datasource } of targets)
    if (SCRAPED.test(expr) && datasource?.uid !== '${system}')
      say('asks the data source of k6, whose $__rate_interval holds one scrape')
  for (const query of queriesIn(panel).filter((one) => SCRAPED.test(one))) {
    if (/\brate\([^[]*\[(?!\$__rate_interval\])/.test(query))
      say('its rates do not look back $__rate_interval')
    if (query.includes('process_') && !query.includes('unless on (job, instance) prometheus_build_info'))
      say('takes Prometheus itself for the system under test')
    if (/restarts|start_time/.test(query) && !query.includes('[$__range]'))
      say('counts restarts of a moment, not of the run')
  }
})
