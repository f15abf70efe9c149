/** Pays in worker threads, or in a cluster's processes, and says what came of each call. Told what in FAULTS_WORKERS. */
import cluster from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

const { kind, ledger, evmKey, calls, workers, url, rpcUrls, limits } = JSON.parse(
  process.env.FAULTS_WORKERS ?? '{}'
)
const numbers = Array.from({ length: workers }, (_, index) => index)

if (!isMainThread) {
  for (const outcome of await pay(process.argv[2])) parentPort?.postMessage(outcome)
} else if (cluster.isWorker) {
  for (const outcome of await pay(String(cluster.worker?.id))) console.log(outcome)
  process.disconnect()
} else if (kind === 'threads') {
  const file = fileURLToPath(import.meta.url)
  const threads = numbers.map((number) => new Worker(file, { argv: [String(number)] }))
  for (const thread of threads) thread.on('message', (outcome) => console.log(outcome))
  await Promise.all(threads.map((thread) => once(thread, 'exit')))
} else {
  const processes = numbers.map(() => cluster.fork())
  await Promise.all(processes.map((worker) => once(worker, 'exit')))
}

/** @param {string} name */
async function pay(name) {
  const { sqliteLedger } = await import('@bursar/ledger/sqlite')
  const { bursarErrorOf, createBursar } = await import('bursar')
  const bursar = createBursar({ evm: evmKey, limits, rpcUrls, ledger: sqliteLedger(ledger) })
  const buy = async (number) => {
    try {
      const response = await bursar.fetch(`${url}&name=${kind}-${name}-${number}`)
      await response.text()
      return String(response.status)
    } catch (error) {
      return bursarErrorOf(error)?.code ?? String(error)
    }
  }
  const outcomes = await Promise.all(Array.from({ length: calls }, (_, number) => buy(number)))
  await bursar.close()
  return outcomes
}
