import {
  ACCOUNT,
  type Auditor,
  atomicUsdc,
  BASE,
  bursarParts,
  type Clock,
  type Debit,
  type HasBursarParts,
  type Ledger,
  type NetworkId,
  type Payer,
  type PaymentReservation,
  type Purchase,
  type SettlementFinding,
  type SettlementStatus,
  type SignedPayment,
  systemRandom
} from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'

const PAYER = '0xcccccccccccccccccccccccccccccccccccccccc'
const PAYEE = '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
const ASSET = '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913'

/** A clock that stops until it is moved. Waiting moves it. */
export class TestClock implements Clock {
  #nowMs: number

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  async sleep(ms: number): Promise<void> {
    this.#nowMs += ms
  }

  set(nowMs: number): void {
    this.#nowMs = nowMs
  }
}

/** A ledger, and a chain of which each test says what it has. */
export class AuditedLedger {
  readonly clock: TestClock
  readonly ledger: Ledger
  readonly debits: Debit[] = []
  /** What the chain says of transactions, by their names. Default: it has not seen them. */
  readonly findings = new Map<string, SettlementFinding>()
  /** What the chain says of authorizations. */
  status: SettlementStatus = { status: 'open' }
  readonly cancelled: string[] = []
  /** What a cancellation fails with. */
  cancellationError: Error | undefined
  /** Whether the ledger says that it was restored from a backup. */
  isRestored = false

  /** Where the bursar has accounts. */
  networks: readonly NetworkId[] = [BASE]
  constructor(nowMs = Date.UTC(2026, 10, 21, 12)) {
    this.clock = new TestClock(nowMs)
    this.ledger = memoryLedger({ clock: this.clock })
  }

  /** As much of a bursar as an audit needs. */
  get bursar(): HasBursarParts {
    const { clock } = this
    const ledger: Ledger = {
      ...this.ledger,
      status: async () => ({
        ...(await this.ledger.status()),
        ...(this.isRestored ? { restored: { reason: 'a test' } } : {})
      }),
      markReconciled: async () => {
        this.isRestored = false
      }
    }
    const parts = {
      ledger,
      clock,
      random: systemRandom,
      networks: this.networks,
      auditorOf: async (family: string) => (family === 'eip155' ? this.#auditor() : undefined),
      payerOf: async () => this.#payer(),
      signerOf: () => undefined
    }
    return { [bursarParts]: () => parts as unknown as ReturnType<HasBursarParts[typeof bursarParts]> }
  }

  /** Buys something, as far as the ledger knows: the payment is sent. `1_000_000n = 1 USDC` */
  async send(id: string, more: { readonly amountAtomic?: bigint; readonly network?: NetworkId } = {}) {
    const { amountAtomic = 10_000n, network = BASE } = more
    const offer = { network, asset: ASSET, payTo: PAYEE, amountAtomic, cost: atomicUsdc(amountAtomic) }
    const reservation: PaymentReservation = {
      kind: 'payment',
      id,
      fingerprint: id,
      method: 'GET',
      origin: 'https://a.example',
      path: '/',
      payer: PAYER,
      offer: { ...offer, dialect: 'x402-v2' },
      guards: { budgets: [] },
      labels: {}
    }
    const payment: SignedPayment = {
      ...offer,
      payer: PAYER,
      reference: `nonce of ${id}`,
      expiresAtSeconds: Math.floor(this.clock.nowMs() / 1000) + 300,
      expiry: BigInt(Math.floor(this.clock.nowMs() / 1000) + 300),
      payload: { signature: 'secret' }
    }
    const header = { name: 'PAYMENT-SIGNATURE', value: 'secret' } as const
    await this.ledger.reserve(reservation, { sign: () => ({ type: 'signed', payment, header }) })
    return this.ledger.recordEvent(id, { type: 'sent' })
  }

  /** As `send`, and then settled by the server's report, and answered. */
  async settle(id: string, more: { readonly amountAtomic?: bigint } = {}): Promise<Purchase> {
    await this.send(id, more)
    await this.ledger.recordEvent(id, { type: 'settled', transaction: `tx of ${id}` })
    return this.ledger.recordEvent(id, { type: 'answered' })
  }

  /** A call that an account of a service's key was charged for, of which no chain knows. */
  async charge(id: string): Promise<Purchase> {
    const cost = atomicUsdc(10_000n)
    await this.ledger.reserve({
      kind: 'account',
      id,
      fingerprint: id,
      method: 'POST',
      origin: 'https://a.example',
      path: '/',
      offer: {
        dialect: 'account',
        network: ACCOUNT,
        asset: 'USD',
        payTo: 'a.example',
        amountAtomic: cost,
        cost
      },
      guards: { budgets: [] },
      labels: {}
    })
    return this.ledger.recordEvent(id, { type: 'settled' })
  }

  /** A transfer on the chain. */
  mine(id: string, atMs: number, more: Partial<Debit> = {}): void {
    this.debits.push({
      network: BASE,
      asset: ASSET,
      transaction: `tx of ${id}`,
      reference: `nonce of ${id}`,
      payTo: PAYEE,
      amountAtomic: 10_000n,
      atMs,
      ...more
    })
  }

  async history(): Promise<Purchase[]> {
    const found: Purchase[] = []
    for await (const purchase of this.ledger.history()) found.push(purchase)
    return found
  }

  #auditor(): Auditor {
    return {
      family: 'eip155',
      confirm: async ({ transaction }) => this.findings.get(transaction) ?? 'unseen',
      readDebits: async (network, fromMs) =>
        this.debits.filter((debit) => debit.network === network && debit.atMs >= fromMs),
      cancel: async ({ reference }) => {
        if (this.cancellationError) throw this.cancellationError
        this.cancelled.push(reference)
        return 'tx that cancels'
      }
    }
  }

  #payer(): Payer {
    return {
      family: 'eip155',
      address: async () => PAYER,
      rejectionReason: async () => undefined,
      prepare: () => Promise.reject(new TypeError('An audit pays nothing')),
      getSettlementStatus: async () => this.status
    }
  }
}
