import { authorizationOf, type Clock, type MoneyState, type Purchase } from '@bursar/core'
import type { BackgroundWatch } from './payment-context.js'
import { type Watched, WatchList } from './watch-list.js'

/** How many purchases one request to the chain covers. */
const BATCH_SIZE = 20

/** When the chain is asked about a payment with an unknown outcome, in milliseconds after the end of its call. */
const EARLY_LOOKUPS_MS = [5_000, 30_000, 120_000]

/** When the chain is asked about an expired authorization: soon, and not during the call that found it. */
const SOON_MS = 1_000

/** When it is asked after the authorization has expired, so that the chain can prove it dead. */
const LATE_LOOKUPS_MS = [45_000, 300_000]

/** Asks the chain about purchases, and records the answers. Returns the outcomes in the same order. */
type LearnOutcomes = (
  purchases: readonly Purchase[]
) => Promise<readonly { readonly moneyState: MoneyState }[]>

/**
 * Learns the outcomes of payments from the chain, in the background, where the server did not report them. It keeps no
 * process alive, asks about a few at a time, and about each a few times: what is still unknown then is left to the
 * calls that need its budget, and to `recover`.
 */
export class SettlementWatch implements BackgroundWatch {
  readonly #clock: Clock
  readonly #learn: LearnOutcomes
  readonly #list = new WatchList()
  #pause: AbortController | undefined
  #isRunning = false
  #isStopped = false

  constructor(clock: Clock, learn: LearnOutcomes) {
    this.#clock = clock
    this.#learn = learn
  }

  /** Asks the chain about a purchase soon, and again until the outcome is known. */
  add(purchase: Purchase): void {
    const { expiresAtSeconds } = authorizationOf(purchase) ?? {}
    if (expiresAtSeconds === undefined) return
    const nowMs = this.#clock.nowMs()
    const early = EARLY_LOOKUPS_MS.map((ms) => nowMs + ms)
    const late = LATE_LOOKUPS_MS.map((ms) => expiresAtSeconds * 1000 + ms)
    // In whole seconds, so that payments of one second share a request.
    const lookupsAtMs = [...early, ...late].filter((atMs) => atMs > nowMs).map(toWholeSecond)
    this.#watch([{ purchase, lookupsAtMs }])
  }

  /** Asks the chain once about purchases whose authorizations have expired. */
  addExpired(purchases: readonly Purchase[]): void {
    const lookupsAtMs = [this.#clock.nowMs() + SOON_MS]
    this.#watch(purchases.map((purchase) => ({ purchase, lookupsAtMs })))
  }

  stop(): void {
    this.#isStopped = true
    this.#pause?.abort()
  }

  #watch(watched: readonly Watched[]): void {
    const nextAtMs = this.#list.nextAtMs
    this.#list.add(watched)
    if (!this.#isRunning) void this.#run()
    else if (this.#list.nextAtMs < nextAtMs) this.#pause?.abort()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (!this.#isStopped && !this.#list.isEmpty) {
      const isDue = await this.#waitUntil(this.#list.nextAtMs)
      if (isDue && !this.#isStopped) await this.#lookUpDue()
    }
    this.#isRunning = false
  }

  /** Returns whether the time has come; an earlier due time ends the wait. */
  #waitUntil(atMs: number): Promise<boolean> {
    const pause = new AbortController()
    this.#pause = pause
    const ms = Math.max(0, atMs - this.#clock.nowMs())
    return this.#clock.sleep(ms, pause.signal, { keepsAlive: false }).then(
      () => true,
      () => false
    )
  }

  async #lookUpDue(): Promise<void> {
    const due = this.#list.takeDue(this.#clock.nowMs(), BATCH_SIZE)
    const outcomes = await this.#learn(due.map(({ purchase }) => purchase))
    this.#list.add(due.filter((_, index) => !isFinal(outcomes[index]?.moneyState)))
  }
}

function toWholeSecond(ms: number): number {
  return Math.ceil(ms / 1000) * 1000
}

function isFinal(moneyState: MoneyState | undefined): boolean {
  return moneyState === 'settled' || moneyState === 'none'
}
