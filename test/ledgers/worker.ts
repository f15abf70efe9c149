import { createRequire } from 'node:module'
import { onTestFinished } from 'vitest'
import { bundleForWeb } from './bundle.js'

/** What is used of miniflare. Its types need those of Workers, which are not those of the platform. */
interface RunningMiniflare {
  getWorker(name: string): Promise<{ fetch(url: string, init?: RequestInit): Promise<Response> }>
  dispose(): Promise<void>
}

const require = createRequire(import.meta.url)
const { Miniflare }: { readonly Miniflare: new (options: object) => RunningMiniflare } = require('miniflare')

/** What every Worker of the tests begins with. Each answers `run(env, name)` as JSON. */
const prelude = `
  import { durableObjectLedger, LedgerObject } from '@bursar/ledger/durable-object'
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const reservation = (id, guards = { budgets }) => ({ kind: 'payment', id, fingerprint: id, method: 'GET',
    origin: 'https://a.example', path: '/', payer: '0xc', offer, guards, labels: {} })
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }
  export { LedgerObject }
  export default {
    fetch: async (request, env) => {
      const url = new URL(request.url)
      try {
        return Response.json(await run(env, url.searchParams.get('name')))
      } catch (error) {
        return new Response(error.stack, { status: 500 })
      }
    }
  }`

/** Several Workers in workerd on one namespace of ledgers. */
export interface Workers {
  /** Has one of them run its program, and returns its answer. */
  run(worker: number, name: string): Promise<unknown>
}

/** Starts isolates that all run one program, which defines `run(env, name)`. */
export async function startWorkers(program: string, count: number): Promise<Workers> {
  const script = await bundleForWeb(`${prelude}\n${program}`, ['workerd', 'worker'])
  const workers = Array.from({ length: count }, (_, index) => ({
    name: `worker-${index}`,
    modules: true as const,
    script,
    compatibilityDate: '2026-07-01',
    durableObjects: {
      // The first has the objects; the others reach them.
      LEDGER: {
        className: 'LedgerObject',
        useSQLite: true,
        ...(index === 0 ? {} : { scriptName: 'worker-0' })
      }
    }
  }))
  const miniflare = new Miniflare({ workers })
  onTestFinished(() => miniflare.dispose())
  return {
    async run(worker, name) {
      const fetcher = await miniflare.getWorker(`worker-${worker}`)
      const response = await fetcher.fetch(`http://worker/?name=${encodeURIComponent(name)}`)
      const text = await response.text()
      if (response.status !== 200) throw new Error(text)
      return JSON.parse(text)
    }
  }
}

/** One Worker whose objects are kept in a folder. */
export interface KeptWorker {
  /** Sends it a value, and returns its answer. */
  ask(value: object): Promise<unknown>
  /** Ends its workerd, with everything that it is about. */
  stop(): Promise<void>
}

/** Starts a Worker with a namespace of ledgers, `LEDGER`. */
export async function startScript(program: string, folder: string): Promise<KeptWorker> {
  const miniflare = new Miniflare({
    name: 'worker',
    modules: true,
    script: await bundleForWeb(program, ['workerd', 'worker', 'browser']),
    compatibilityDate: '2026-07-01',
    durableObjects: { LEDGER: { className: 'LedgerObject', useSQLite: true } },
    durableObjectsPersist: folder
  })
  const worker = await miniflare.getWorker('worker')
  let isStopped = false
  const stop = async (): Promise<void> => {
    if (!isStopped) await miniflare.dispose()
    isStopped = true
  }
  onTestFinished(stop)
  return {
    async ask(value) {
      const response = await worker.fetch('http://worker/', { method: 'POST', body: JSON.stringify(value) })
      return response.json()
    },
    stop
  }
}
