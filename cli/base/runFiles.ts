/** The record of a run: the verdict, its reasons, the figures. */
export const RECORD_FILE = 'run.json'
/** What the gate decided of a run, last. */
export const GATE_FILE = 'gate.json'
/** What a watch decided of a canary, in a folder of its own. */
export const WATCH_FILE = 'watch.json'
/** What a run measured, by place, for comparisons: made when it is first needed. */
export const MEASURED_FILE = 'measured.json'
/** Who was told of a run, and what. */
export const NOTIFY_FILE = 'notify.json'
/** What an A/B test came to, in its folder. */
export const AB_FILE = 'ab.json'
/** The series of a run, window by window. */
export const SERIES_FILE = 'series.ndjson.gz'
/** k6's log of a run: what it said, what the script wrote. */
export const LOG_FILE = 'k6.log'
/** k6's own figures at the end of a run. */
export const SUMMARY_FILE = 'k6-summary.json'
/** The source map of a run's bundle, for as long as the run has no record of its end. */
export const MAP_FILE = 'bundle.js.map'
/** In the old place of a record that was moved: the path of the new one. */
export const MOVED_FILE = 'moved.txt'
/** The report of a run that a browser shows. */
export const PAGE_FILE = 'report.html'
/** The folder of what a metrics server has not taken yet. */
export const QUEUE_FOLDER = 'queue'
/** The folder of pictures of pages on which a step failed. */
export const PICTURES_FOLDER = 'pictures'

/** The name of a file of one of several instances: `k6-2.log`; of the only one, the name itself. */
export const ofInstance = (file: string, id: string | undefined): string =>
  id === undefined ? file : file.replace(/(?=\.\w+$)/, `-${id}`)
