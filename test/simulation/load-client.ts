import { createPayingFetch } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { challenge } from './answers.js'
import type { Intent } from './intent.js'

const intent: Intent = {
  name: 'first of all',
  body: '',
  origin: 'https://seller.example',
  priceAtomic: 1n,
  wallet: 0,
  agent: undefined,
  purchase: undefined
}
let loading: Promise<void> | undefined

/**
 * Has the client load what it loads when it first meets a price: that comes from the real disk, in real time. From then on
 * nothing of it is outside of the simulation.
 */
export function loadClient(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  const price = { amountAtomic: 1n, maxTimeoutSeconds: 60, payee: 0, error: '' } as const
  const bursar = createPayingFetch({
    payers: [
      {
        family: 'eip155',
        address: async () => '0x',
        rejectionReason: async () => undefined,
        prepare: () => Promise.reject(new TypeError('Nothing is paid')),
        getSettlementStatus: async () => ({ status: 'open' })
      }
    ],
    ledger: memoryLedger(),
    limits: { payment: '1' },
    fetch: async () =>
      challenge({ family: 'eip155', intent, mark: { intent: intent.name, call: 0 }, ...price })
  })
  await bursar.fetch(intent.origin).catch(() => {})
  await bursar.close()
}
