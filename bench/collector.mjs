// A collector in a process of its own: prints where it listens, and for each line of its input the CPU seconds that it took so far and the bytes that it held at most.
import { openCollection, startCollector } from '../cli/distributed/index.ts'

const [folder = '.', id = '', token = ''] = process.argv.slice(2)
const collection = await openCollection({ folder, id, sha256: '' })
const collector = await startCollector(collection.intake, { host: '127.0.0.1', port: 0, token })
process.stdout.write(`${collector.url}\n`)
process.stdin
  .on('data', () => {
    const { user, system } = process.cpuUsage()
    const memory = process.resourceUsage().maxRSS * 1024
    process.stdout.write(`${JSON.stringify({ cpu: (user + system) / 1e6, memory })}\n`)
  })
  .on('end', () => void collector.close().then(() => collection.close()))
