import {
  atomicUsdc,
  type Ledger,
  type PaymentReservation,
  type PurchaseEvent,
  SOLANA_MAINNET,
  systemClock
} from '@bursar/core'
import { defaultPath, sqliteLedger } from '@bursar/ledger/sqlite'

/** When the first purchase of a filled ledger is made. */
const FIRST_MS = Date.UTC(2026, 10, 21, 22, 30)
const HOUR_MS = 3_600_000
const TRANSACTION = `0x${'ab'.repeat(32)}`

/** One purchase of every kind that a list shows in its own way. */
const purchases: readonly (Partial<PaymentReservation> & {
  readonly events: readonly PurchaseEvent['type'][]
})[] = [
  {
    events: ['signed', 'sent', 'settled', 'answered'],
    labels: { agent: 'research', model: 'qwen3-6-flash' }
  },
  { events: ['signed', 'sent', 'settled', 'failed'], origin: 'https://a-host-with-a-long-name.example' },
  { events: ['signed', 'sent'], path: `/reports/${'long/'.repeat(20)}end`, labels: { agent: '研究' } },
  { events: ['signed', 'sent', 'dead', 'failed'], labels: { model: 'e\u0301\u202Etxt' } },
  { events: ['released'], labels: { 'top-up': 'https://api.example' } }
]

/** Fills the ledger of a home: always the same purchases, at the same times. */
export async function fillLedger(home: string): Promise<void> {
  let nowMs = FIRST_MS
  const clock = { ...systemClock, nowMs: () => nowMs }
  const ledger = sqliteLedger({ path: defaultPath({ BURSAR_HOME: home }), clock })
  for (const [index, { events, ...more }] of purchases.entries()) {
    const id = `p019ac${index}${'0123456789abcdef'.repeat(2).slice(7)}`
    await ledger.reserve({ ...reservation(id), ...more })
    for (const type of events) await record(ledger, id, type)
    nowMs += 7 * HOUR_MS
  }
  await ledger.noteJob({ job: 'req_0123456789', origin: 'https://api.example', labels: { model: 'gen' } })
  await ledger.close()
}

function reservation(id: string): PaymentReservation {
  const isSolana = id.startsWith('p019ac1')
  return {
    kind: 'payment',
    id,
    fingerprint: id,
    method: 'POST',
    origin: 'https://api.example',
    path: '/v1/chat/completions',
    payer: '0x2222222222222222222222222222222222222222',
    offer: {
      dialect: 'x402-v2',
      network: isSolana ? SOLANA_MAINNET : 'eip155:8453',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: '0x1111111111111111111111111111111111111111',
      amountAtomic: 20_000n,
      cost: atomicUsdc(20_000n)
    },
    guards: { budgets: [] },
    labels: {}
  }
}

async function record(ledger: Ledger, id: string, type: PurchaseEvent['type']): Promise<void> {
  const { payer, offer } = reservation(id)
  const authorization = { payer, reference: `0x${'cd'.repeat(32)}`, expiresAtSeconds: FIRST_MS / 1000 + 300 }
  const { dialect, cost, ...terms } = offer
  const payment = { ...terms, ...authorization, expiry: BigInt(authorization.expiresAtSeconds), payload: {} }
  const header = { name: 'PAYMENT-SIGNATURE', value: 'header-that-pays' } as const
  if (type === 'signed') await ledger.recordEvent(id, { type, payment, header })
  else if (type === 'settled') await ledger.recordEvent(id, { type, transaction: TRANSACTION })
  else await ledger.recordEvent(id, { type } as PurchaseEvent)
}
