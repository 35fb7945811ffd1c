import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { startShop, type ShopOptions } from '../../shop/index.ts'
import { UserError } from '../base/index.ts'

/** The embedded shop in a thread of its own, so that it takes no time from the recorder and ends with the CLI. */
export interface ShopThread {
  url: string
  close(): Promise<void>
}

interface Order {
  shop: ShopOptions
}

interface Answer {
  url?: string
  problem?: string
}

/** Starts the embedded shop in a thread. Throws UserError where its faults are wrong or its port is taken. */
export async function startShopThread(shop: ShopOptions): Promise<ShopThread> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { shop } satisfies Order })
  const { url, problem } = await new Promise<Answer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (url === undefined) throw new UserError(problem ?? 'the embedded shop did not start')
  return {
    url,
    async close() {
      await worker.terminate()
    },
  }
}

/** In the shop's thread: starts it and says where. Returns false in every other thread. */
export async function beShopThread(): Promise<boolean> {
  const order = workerData as Order | null
  if (isMainThread || order?.shop === undefined) return false
  try {
    const { url } = await startShop(order.shop)
    parentPort?.postMessage({ url } satisfies Answer)
  } catch (error) {
    parentPort?.postMessage({
      problem: error instanceof Error ? error.message : String(error),
    } satisfies Answer)
  }
  return true
}
