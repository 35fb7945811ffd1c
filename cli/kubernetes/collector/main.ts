import { openCollection, startCollector } from '../../collect/index.ts'
import { answersOf } from './answers.ts'

/** The collector of a test in a cluster: what its runners push is in FOLDER, until it is fetched. */
async function main(): Promise<void> {
  const {
    FOLDER = '',
    RUN_ID = '',
    BUNDLE_SHA256 = '',
    COLLECT_TOKEN = '',
    PORT,
    WINDOW_SECONDS,
  } = process.env
  const collection = await openCollection({
    folder: FOLDER,
    id: RUN_ID,
    sha256: BUNDLE_SHA256,
    windowSeconds: Number(WINDOW_SECONDS),
  })
  const collector = await startCollector(collection.intake, {
    host: '0.0.0.0',
    port: Number(PORT),
    token: COLLECT_TOKEN.trim(),
    answer: answersOf(collection, FOLDER),
  })
  process.stdout.write(`collects run ${RUN_ID} at port ${PORT ?? ''}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void collector
        .close()
        .then(() => collection.close())
        .then(() => process.exit(0))
    })
}

await main()
