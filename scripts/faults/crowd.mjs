/** Makes purchases all at once against a budget that has room for half of everybody's. Told what in FAULTS_CROWD. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@bursar/core'
import { bursarErrorOf } from 'bursar'

const { ledger: place, name, purchases, limit } = JSON.parse(process.env.FAULTS_CROWD ?? '{}')
const ledgers = await openLedgers()
const offer = {
  dialect: 'x402-v2',
  network: 'eip155:8453',
  asset: '0xa',
  payTo: '0xb',
  amountAtomic: 7n,
  cost: 7n
}
const guards = { budgets: [{ name: 'total', limit: BigInt(limit) }] }
const payment = {
  ...{ network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd' },
  ...{ expiresAtSeconds: 4_000_000_000, expiry: 4_000_000_000n, payload: {} }
}
const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }

for (const ledger of ledgers) await ledger.outstanding()
process.stdout.write('ready\n')
await once(process.stdin, 'data')
await Promise.all(
  Array.from({ length: purchases }, (_, number) => buy(ledgers[number % ledgers.length], number))
)
for (const ledger of ledgers) {
  // What the store could not take at once it takes in the background.
  while ((await ledger.status()).unwritten > 0) await sleep(50)
  await ledger.close()
}
process.stdin.unref()

/** @param {import('@bursar/core').Ledger} ledger @param {number} number */
async function buy(ledger, number) {
  const id = `${name}-${number}`
  const request = {
    kind: 'payment',
    id,
    fingerprint: id,
    method: 'GET',
    origin: 'https://a.example',
    path: '/'
  }
  for (;;)
    try {
      await ledger.reserve({ ...request, payer: '0xc', offer, guards, labels: {} }, { sign: () => signed })
      break
    } catch (error) {
      const code = bursarErrorOf(error)?.code
      if (code === 'offer/over-limit') return
      // Fifty others are at it: who is told that it took too long comes again.
      if (code !== 'ledger/unavailable') throw error
    }
  for (const type of ['settled', 'answered']) await ledger.recordEvent(id, { type }).catch(() => {})
}

/** Ledgers that go by different clocks share nothing: one connection each. */
async function openLedgers() {
  if (place.url === undefined) return [(await import('@bursar/ledger/sqlite')).sqliteLedger(place)]
  const { postgresLedger } = await import('@bursar/ledger/postgres')
  const clocks = Array.from({ length: 4 }, () => ({ ...systemClock }))
  return clocks.map((clock) => postgresLedger({ ...place, clock, maxConnections: 1, timeoutMs: 60_000 }))
}
