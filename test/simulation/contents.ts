import type { LedgerStatus, Purchase } from '@bursar/core'
import type { Scope } from '@bursar/ledger/driver'

/** A purchase as it is stored. */
export interface Row {
  readonly purchase: Purchase
  readonly session: string
  readonly scopes: readonly Scope[]
  /** In the order of their making, from 1. */
  readonly number: number
}

/** A session as it is stored. */
export interface SessionRow {
  readonly heartbeatAtMs: number
  readonly hasEnded: boolean
  /** The number of its newest transaction. */
  readonly written: number
}

/** What is read. */
export interface Tables {
  readonly rows: ReadonlyMap<string, Row>
  readonly sessions: ReadonlyMap<string, SessionRow>
  readonly frozen: LedgerStatus['frozen']
}

/** What one transaction writes. */
export interface Changes {
  readonly rows: ReadonlyMap<string, Row>
  readonly sessions: ReadonlyMap<string, SessionRow>
  readonly frozen: LedgerStatus['frozen'] | null
}

/** The newest authorization of a purchase, by its public name. */
export function referenceOf(purchase: Purchase): string | undefined {
  return 'authorization' in purchase ? purchase.authorization.reference : undefined
}

/**
 * What is in the tables: each transaction as a whole, or nothing of it. What has not been synced is lost when the power
 * fails, from the newest transaction back.
 */
export class Contents implements Tables {
  readonly rows = new Map<string, Row>()
  readonly sessions = new Map<string, SessionRow>()
  frozen: LedgerStatus['frozen']
  /** What takes the transactions back that are not synced yet. */
  readonly #unsynced: (() => void)[] = []
  readonly #durable = new Set<string>()

  /** As it is now, whatever is written afterwards. */
  snapshot(): Tables {
    return { rows: new Map(this.rows), sessions: new Map(this.sessions), frozen: this.frozen }
  }

  apply({ rows, sessions, frozen }: Changes): void {
    const takeBack = [...set(this.rows, rows), ...set(this.sessions, sessions)]
    const before = this.frozen
    if (frozen !== null) this.frozen = frozen
    this.#unsynced.push(() => {
      for (const undo of takeBack.reverse()) undo()
      this.frozen = before
    })
  }

  /** What has been written up to now survives a power cut. */
  sync(): void {
    this.#unsynced.length = 0
    for (const { purchase } of this.rows.values()) {
      const reference = referenceOf(purchase)
      if (reference !== undefined) this.#durable.add(reference)
    }
  }

  loseUnsynced(): void {
    for (const undo of this.#unsynced.splice(0).reverse()) undo()
  }

  /** Whether the bytes of an authorization are written where no power cut takes them. */
  isDurable(reference: string): boolean {
    return this.#durable.has(reference)
  }
}

function set<Value>(into: Map<string, Value>, from: ReadonlyMap<string, Value>): (() => void)[] {
  return [...from].map(([key, value]) => {
    const before = into.get(key)
    into.set(key, value)
    return () => void (before === undefined ? into.delete(key) : into.set(key, before))
  })
}
