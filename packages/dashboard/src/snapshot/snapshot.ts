/** What is spent, in decimal dollars as text, such as `1.25`. */
export type Amount = string

/** What one day, host, model or agent cost. */
export interface Share {
  /** Such as `2026-11-21` or `kat.imgnai.com`; empty where a purchase carries no such label. */
  readonly name: string
  readonly amount: Amount
}

/** What was spent in one kind of money, within the period. */
export interface Spending {
  readonly total: Amount
  /** What was reserved or sent, and can still settle. */
  readonly held: Amount
  /** By day in UTC, oldest first, each day of the period. */
  readonly days: readonly Share[]
  /** Most first. What a prepaid balance paid for is in these, and what was put on it is not. */
  readonly models: readonly Share[]
  readonly agents: readonly Share[]
  /** Most first. What was put on a prepaid balance is in these. */
  readonly hosts: readonly Share[]
}

/** A purchase as it is shown. Nothing in it can pay. */
export interface PurchaseRow {
  readonly id: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly state: string
  /** In its own token, such as `0.5`. */
  readonly amount: string
  readonly symbol: string
  readonly isTest: boolean
  readonly network: string
  readonly host: string
  readonly path: string
  readonly model: string
  readonly agent: string
  /** What can be done about it. Empty: nothing needs to be. */
  readonly advice: string
}

/** The first rows of a list, and how many there are. */
export interface Listed<Row> {
  readonly rows: readonly Row[]
  readonly count: number
}

/** A limit, and what is left of it. */
export interface LimitRow {
  readonly name: string
  readonly limit: Amount
  /** Absent for a limit on each payment. */
  readonly left?: Amount
}

/** Limits, as far as they could be read. */
export interface LimitRows {
  readonly rows: readonly LimitRow[]
  /** Why they could not be read. Empty: they could. */
  readonly problem: string
}

/** A file of a job that can be shown. */
export interface ImageRow {
  readonly name: string
  /** Where the page finds it. */
  readonly href: string
}

/** A job that was bought. */
export interface JobRow {
  readonly job: string
  readonly host: string
  readonly model: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly images: readonly ImageRow[]
}

/** Why nothing is paid now. */
export interface FrozenState {
  readonly reason: string
  readonly by: string
  /** Unix milliseconds. */
  readonly sinceMs: number
}

/** Everything that the page shows, but for balances, which take longer. It holds plain JSON, and no secret. */
export interface Snapshot {
  /** Unix milliseconds. */
  readonly takenAtMs: number
  /** Unix milliseconds. `untilMs` is not part of it. */
  readonly period: { readonly fromMs: number; readonly untilMs: number }
  readonly frozen: FrozenState | null
  /** Why the ledger must be compared with the chain before anything is paid. */
  readonly restored: string | null
  readonly spending: Spending
  /** Absent while no test money was spent. */
  readonly testSpending: Spending | null
  readonly limits: LimitRows
  /** What test money has of them. Absent while none was spent. */
  readonly testLimits: LimitRows | null
  /** Networks that are read at an endpoint on this machine, by their names. */
  readonly local: readonly string[]
  readonly outstanding: Listed<PurchaseRow>
  readonly undelivered: Listed<PurchaseRow>
  readonly jobs: readonly JobRow[]
  readonly recent: readonly PurchaseRow[]
}

/** A wallet or a prepaid balance. */
export interface BalanceRow {
  readonly kind: 'wallet' | 'prepaid'
  /** The network of a wallet, or the service. */
  readonly name: string
  /** The address of a wallet, or the network that a prepaid balance was topped up from. */
  readonly place: string
  /** USDC. Absent: it could not be read, and then `problem` says why. It is never zero for that. */
  readonly amount?: Amount
  /** What is there for fees, with its symbol. */
  readonly gas?: string
  readonly problem?: string
  readonly isTest: boolean
}

/** Balances, as far as they could be read. */
export interface BalanceRows {
  readonly rows: readonly BalanceRow[]
  /** What the reader should know of them, such as that there is no account. Empty: nothing. */
  readonly note: string
}
