import { addressOf } from '../../collect/address.ts'
import { startCollector } from '../../collect/collector.ts'
import { openSuccessive } from './successive.ts'

/** The collector of a test in a cluster: what its runners push is in FOLDER, until it is fetched. */
async function main(): Promise<void> {
  const {
    FOLDER = '',
    RUN_ID = '',
    BUNDLE_SHA256 = '',
    COLLECT_TOKEN = '',
    LISTEN = '',
    WINDOW_SECONDS,
  } = process.env
  const runs = await openSuccessive(FOLDER, {
    id: RUN_ID,
    sha256: BUNDLE_SHA256,
    windowSeconds: Number(WINDOW_SECONDS),
  })
  const collector = await startCollector(runs.intake, {
    ...addressOf(LISTEN),
    token: COLLECT_TOKEN.trim(),
    answer: runs.answer,
  })
  process.stdout.write(`collects run ${RUN_ID} at ${LISTEN}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void collector
        .close()
        .then(() => runs.close())
        .then(() => process.exit(0))
    })
}

await main()
