// A recorder in a process of its own: prints where it listens and, once its input has ended, the CPU seconds that it took.
import { openRecorder } from '../cli/record/index.ts'

const recorder = await openRecorder({ folder: process.argv[2] ?? '.' })
const began = process.cpuUsage()
process.stdout.write(`${recorder.url}\n`)
process.stdin.resume().on('end', () => {
  void recorder.close().then(() => {
    const { user, system } = process.cpuUsage(began)
    const { problems } = recorder
    process.stdout.write(`${JSON.stringify({ cpu: (user + system) / 1e6, problems })}\n`)
  })
})
