import {
  type AtomicUsdc,
  type BalanceWatch,
  type Clock,
  formatUsdc,
  type Ledger,
  parseUsdc,
  type SpentFromBalance,
  type WatchedBalance
} from '@bursar/core'
import type { BursarEvent, EventHub } from '../events.js'
import type { FindPayer } from '../payers.js'
import { KnownFall } from './known-fall.js'
import type { LowBalance } from './low-balance-options.js'

/** What balances are watched with. */
export interface WatchParts {
  readonly clock: Clock
  readonly ledger: Ledger
  readonly payerOf: FindPayer
  readonly emit: EventHub['emit']
}

/** Bursars on one ledger, such as those of a proxy's agents, spend from the same accounts: one of them tells a fall. */
const fallsOf = new WeakMap<Ledger, Map<string, KnownFall>>()

/**
 * Tells when a balance falls below what the user named: once, and again only after it was seen above it. It is read in the
 * background after something was paid, and not after each payment; no payment waits for it, and a balance that cannot be read is
 * read after a later one.
 */
export class LowBalances implements BalanceWatch {
  readonly #parts: WatchParts
  readonly #limits: LowBalance
  readonly #falls: Map<string, KnownFall>
  readonly #reading = new Set<string>()
  readonly #ended = new AbortController()

  constructor(limits: LowBalance, parts: WatchParts) {
    this.#limits = limits
    this.#parts = parts
    this.#falls = fallsOf.get(parts.ledger) ?? new Map<string, KnownFall>()
    fallsOf.set(parts.ledger, this.#falls)
  }

  saw(balance: WatchedBalance, atomic: AtomicUsdc): void {
    const { clock, emit } = this.#parts
    const below = this.#limitOf(balance)
    if (below === undefined || !this.#fallOf(balance, below).hasFallen(atomic, clock.nowMs())) return
    const { network, account, host } = balance
    emit(() => ({
      type: 'balance-low',
      atMs: clock.nowMs(),
      ...(host === undefined ? {} : { host }),
      network,
      account,
      amount: formatUsdc(atomic),
      symbol: 'USDC',
      below: formatUsdc(below)
    }))
  }

  spent(balance: WatchedBalance, { amountAtomic, read }: SpentFromBalance): void {
    const below = this.#limitOf(balance)
    if (below === undefined || this.#ended.signal.aborted) return
    const afterMs = this.#fallOf(balance, below).readAfterMs(amountAtomic, this.#parts.clock.nowMs())
    const key = keyOf(balance, below)
    if (afterMs === undefined || this.#reading.has(key)) return
    this.#reading.add(key)
    void this.#readAfter(afterMs, balance, read).finally(() => this.#reading.delete(key))
  }

  /** Notes a payment that settled: the account may hold too little now. */
  async noteSettled({ network, symbol, amount = '0' }: BursarEvent): Promise<void> {
    if (this.#limits.wallet === undefined || network === undefined || symbol !== 'USDC') return
    const payer = await this.#parts.payerOf(network.slice(0, network.indexOf(':')))
    const { balances } = payer ?? {}
    if (!payer || !balances) return
    this.spent(
      { network, account: await payer.address() },
      { amountAtomic: parseUsdc(amount), read: (signal) => balances.readUsdc(network, signal) }
    )
  }

  stop(): void {
    this.#ended.abort()
  }

  async #readAfter(ms: number, balance: WatchedBalance, read: SpentFromBalance['read']): Promise<void> {
    const { signal } = this.#ended
    try {
      await this.#parts.clock.sleep(ms, signal, { keepsAlive: false })
      const atomic = await read(signal)
      if (!signal.aborted) this.saw(balance, atomic)
    } catch {
      // The next payment reads it again; whoever needs to know why asks for the balances.
    }
  }

  #limitOf({ host }: WatchedBalance): AtomicUsdc | undefined {
    const { wallet, prepaid } = this.#limits
    const limit = host === undefined ? wallet : prepaid
    return limit === undefined ? undefined : parseUsdc(limit)
  }

  #fallOf(balance: WatchedBalance, below: AtomicUsdc): KnownFall {
    const key = keyOf(balance, below)
    const fall = this.#falls.get(key) ?? new KnownFall(below)
    this.#falls.set(key, fall)
    return fall
  }
}

function keyOf({ network, account, host = '' }: WatchedBalance, below: AtomicUsdc): string {
  return `${network} ${account} ${host} ${below}`
}
