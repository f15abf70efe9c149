import type { SettlementStatus } from '@bursar/core'
import { Scheduler, world } from './scheduler.js'

/** An authorization as somebody signed it, and what the chain has made of it. */
export interface Authorization {
  readonly reference: string
  readonly intent: string
  readonly payer: string
  readonly payTo: string
  readonly amountAtomic: bigint
  /** By the chain's clock, which stands still when it makes no blocks. */
  readonly validBeforeMs: number
  settledAtMs: number | undefined
  /** While a reorganization has taken it out of the chain. */
  isReorganized: boolean
}

/** What is known of an authorization as it is signed, by a clock that knows of no halt. */
export type SignedAuthorization = Omit<Authorization, 'settledAtMs' | 'isReorganized'>

/** A time without blocks. Milliseconds, from the start of the history. */
export interface Halt {
  readonly fromMs: number
  readonly ms: number
}

export const noHalt: Halt = { fromMs: 0, ms: 0 }

/** After its end, as long as clocks and blocks may differ. */
export const EXPIRY_MARGIN_MS = 30_000

/** How long a block is in doubt. */
const REORGANIZED_MS = 6_000

/** A chain on which an authorization settles once, before its end, by the chain's own clock. */
export class SimulatedChain {
  readonly #scheduler: Scheduler
  readonly #halt: Halt
  readonly #authorizations = new Map<string, Authorization>()

  constructor(scheduler: Scheduler, halt: Halt = noHalt) {
    this.#scheduler = scheduler
    this.#halt = halt
  }

  /** For how long from now on there are no blocks. */
  get haltedForMs(): number {
    const { fromMs, ms } = this.#halt
    const sinceMs = this.#scheduler.nowMs - Scheduler.startMs - fromMs
    return sinceMs < 0 ? 0 : Math.max(0, ms - sinceMs)
  }

  /** The chain learns of an authorization when somebody brings it; the simulation knows it from its signature on. */
  noteSigned(signed: SignedAuthorization): void {
    const { nowMs } = this.#scheduler
    const validBeforeMs = signed.validBeforeMs - (nowMs - this.#clockAt(nowMs))
    const unsettled = { settledAtMs: undefined, isReorganized: false }
    this.#authorizations.set(signed.reference, { ...signed, validBeforeMs, ...unsettled })
  }

  /** @returns whether it settled now. */
  settle(reference: string): boolean {
    const authorization = this.#authorizations.get(reference)
    if (!authorization || authorization.settledAtMs !== undefined) return false
    if (this.haltedForMs > 0 || this.#hasExpired(authorization)) return false
    authorization.settledAtMs = this.#scheduler.nowMs
    return true
  }

  /** Takes a settlement out of the chain for a while, and puts it into a later block. */
  reorganize(reference: string): void {
    const authorization = this.#authorizations.get(reference)
    const againAtMs = this.#clockAt(this.#scheduler.nowMs) + REORGANIZED_MS
    if (authorization?.settledAtMs === undefined || againAtMs >= authorization.validBeforeMs) return
    authorization.isReorganized = true
    this.#scheduler.after(
      { ms: REORGANIZED_MS, owner: world, what: `${reference} is in the chain again` },
      () => {
        authorization.isReorganized = false
        authorization.settledAtMs = this.#scheduler.nowMs
      }
    )
  }

  /**
   * What a node says that is so far behind. As an RPC endpoint of EIP-3009: dead once the chain's clock and our own have
   * passed the end.
   */
  status(
    reference: string,
    { lagMs, ownMs }: { readonly lagMs: number; readonly ownMs: number }
  ): SettlementStatus {
    const seenAtMs = this.#scheduler.nowMs - lagMs
    const authorization = this.#authorizations.get(reference)
    if (!authorization) return { status: 'open' }
    const { settledAtMs, validBeforeMs, isReorganized } = authorization
    if (settledAtMs !== undefined && settledAtMs <= seenAtMs && !isReorganized)
      return {
        status: 'settled',
        transaction: `tx-${reference}`,
        settledAtSeconds: Math.floor(settledAtMs / 1000)
      }
    const endMs = validBeforeMs + EXPIRY_MARGIN_MS
    return { status: this.#clockAt(seenAtMs) >= endMs && ownMs >= endMs ? 'dead' : 'open' }
  }

  get(reference: string): Authorization | undefined {
    return this.#authorizations.get(reference)
  }

  hasSettled(reference: string): boolean {
    return this.#authorizations.get(reference)?.settledAtMs !== undefined
  }

  /** Whether it has settled, or still can. */
  canCost(reference: string): boolean {
    const authorization = this.#authorizations.get(reference)
    if (!authorization) return false
    return authorization.settledAtMs !== undefined || !this.#hasExpired(authorization)
  }

  /** Everything that was signed. */
  all(): IterableIterator<Authorization> {
    return this.#authorizations.values()
  }

  #hasExpired({ validBeforeMs }: Authorization): boolean {
    return this.#clockAt(this.#scheduler.nowMs) >= validBeforeMs
  }

  /** What the chain's clock shows at a time: it does not go on in a halt. */
  #clockAt(atMs: number): number {
    const { fromMs, ms } = this.#halt
    return atMs - Math.min(Math.max(0, atMs - Scheduler.startMs - fromMs), ms)
  }
}
