import {
  atomicUsdc,
  balanceNetwork,
  type Clock,
  type Ledger,
  type PaymentReservation,
  type SignedEvent,
  systemClock
} from '@bursar/core'

const DAY_MS = 86_400_000

/** What must be nowhere outside of the ledger. */
export const secrets = {
  signature: '0x5ec2e7516e5ec2e7516e5ec2e7516e',
  header: 'eyJzZWNyZXQtaGVhZGVyIjoidGhhdCBwYXlzIn0',
  evidence: 'eyJhbGciOiJFUzI1NksifQ.evidence-of-the-seller',
  reference: '0x4e5ce4e5ce4e5ce4e5ce'
} as const

/** A clock that stands at a time of the past until it is moved. */
export function movableClock(): Clock & { at(ms: number): void } {
  let atMs = systemClock.nowMs()
  return {
    ...systemClock,
    nowMs: () => atMs,
    at(ms) {
      atMs = ms
    }
  }
}

/** What one purchase was. */
export interface Sale {
  readonly id: string
  readonly host: string
  readonly path?: string
  readonly cost: bigint
  readonly labels?: Readonly<Record<string, string>>
  readonly isTest?: true
}

/** A purchase as it is reserved. */
function reservationOf({
  id,
  host,
  path = '/v1/images',
  cost,
  labels = {},
  isTest
}: Sale): PaymentReservation {
  const network = isTest ? 'eip155:84532' : 'eip155:8453'
  return {
    kind: 'payment',
    id,
    fingerprint: id,
    method: 'POST',
    origin: `https://${host}`,
    path,
    payer: '0x1111111111111111111111111111111111111111',
    offer: {
      dialect: 'x402-v2',
      network,
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: '0x2222222222222222222222222222222222222222',
      amountAtomic: cost,
      cost: atomicUsdc(cost),
      ...(isTest ? { isTest } : {})
    },
    evidence: { offer: { jws: secrets.evidence } },
    guards: { budgets: [] },
    labels
  }
}

/** A signature that can settle until a time. */
function signedUntil(reservation: PaymentReservation, expiresAtMs: number): SignedEvent {
  const { network, asset, payTo, amountAtomic } = reservation.offer
  const expiresAtSeconds = Math.floor(expiresAtMs / 1000)
  const terms = { network, asset, payTo, amountAtomic, payer: reservation.payer, expiresAtSeconds }
  return {
    type: 'signed',
    payment: {
      ...terms,
      reference: secrets.reference,
      expiry: BigInt(expiresAtSeconds),
      payload: { signature: secrets.signature }
    },
    header: { name: 'PAYMENT-SIGNATURE', value: secrets.header }
  }
}

/** Buys something, and records what becomes of it. */
export async function buy(
  ledger: Ledger,
  { untilMs = Date.now() + 600_000, ...sale }: Sale & { readonly untilMs?: number },
  ...events: readonly ('sent' | 'settled' | 'dead' | 'answered' | 'failed')[]
): Promise<void> {
  const reservation = reservationOf(sale)
  await ledger.reserve(reservation)
  await ledger.recordEvent(sale.id, signedUntil(reservation, untilMs))
  for (const type of events) await ledger.recordEvent(sale.id, { type })
}

const models = ['gpt-image-2', 'flux-2-pro', 'qwen3-6-flash', 'veo-4', 'seedream-5']
const agents = ['research', 'illustrator', 'claude-code', 'nightly']
const hosts = ['kat.imgnai.com', 'api.venice.ai', 'openclaw.example', 'tokenhot.example']

/** A month of work: spending of every kind, payments that are open, test money and jobs. */
export async function fillLedger(ledger: Ledger, clock: ReturnType<typeof movableClock>): Promise<void> {
  const nowMs = Date.now()
  for (let index = 0; index < 180; index++) {
    const day = 29 - Math.floor(index / 6)
    clock.at(nowMs - day * DAY_MS - (5 - (index % 6)) * 60_000)
    const labels = {
      model: models[(index * 7) % models.length] ?? '',
      ...(index % 9 === 0 ? {} : { agent: agents[(index * index) % agents.length] ?? '' })
    }
    const cost = BigInt(4_000 + ((index * 7919) % 97) * 1_500 * (day % 7 === 0 ? 3 : 1))
    const host = hosts[(index * 3) % hosts.length] ?? ''
    await buy(
      ledger,
      { id: `bought-${index}`, host, cost, labels, untilMs: clock.nowMs() + 1000 },
      'settled',
      'answered'
    )
  }
  clock.at(nowMs)
  await fillOpen(ledger)
  await fillRest(ledger)
}

async function fillOpen(ledger: Ledger): Promise<void> {
  const labels = { model: 'veo-4', agent: 'illustrator' }
  await buy(
    ledger,
    { id: 'in-flight', host: 'kat.imgnai.com', path: '/v1/generation-requests', cost: 240_000n, labels },
    'sent'
  )
  await buy(
    ledger,
    { id: 'unanswered', host: 'api.venice.ai', path: '/api/v1/image/generate', cost: 35_000n, labels },
    'settled',
    'failed'
  )
  const to = reservationOf({
    id: 'over',
    host: 'openclaw.example',
    path: '/v1/chat/completions',
    cost: 12_000n
  })
  await ledger.reserve(to)
  await ledger.recordEvent('over', signedUntil(to, Date.now() - 3_600_000))
}

async function fillRest(ledger: Ledger): Promise<void> {
  for (const index of [0, 1, 2])
    await buy(
      ledger,
      {
        id: `test-${index}`,
        host: 'kat.imgnai.com',
        cost: 10_000n,
        labels: { model: 'gpt-image-2' },
        isTest: true
      },
      'settled',
      'answered'
    )
  const { kind, payer, evidence, offer, ...call } = reservationOf({
    id: 'from-balance',
    host: 'kat.imgnai.com',
    cost: 3_200n
  })
  const paid = { ...offer, dialect: 'balance', network: balanceNetwork('eip155:8453') } as const
  await ledger.reserve({
    ...call,
    kind: 'balance',
    labels: { model: 'qwen3-6-flash', agent: 'claude-code' },
    offer: paid
  })
  await ledger.recordEvent('from-balance', { type: 'settled' })
  for (const index of [0, 1, 2, 3])
    await ledger.noteJob({
      job: `req_${index}7f3a9c2e`,
      purchase: `bought-${170 + index}`,
      origin: 'https://kat.imgnai.com',
      labels: { model: models[index] ?? '' }
    })
}
