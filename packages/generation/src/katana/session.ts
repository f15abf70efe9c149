import { isJsonObject } from '@bursar/core'
import type { Connection } from '../shared/service/connection.js'
import type { FetchLike, Operation } from '../shared/service/operation.js'
import { type Billing, type BillingPath, type ChosenPath, choosePath, FELL_SHORT } from './billing.js'
import type { CallOptions } from './call-options.js'
import { balanceFirst } from './prepaid/balance-first.js'

/** What one call buys. */
export interface CallDescription {
  readonly service: 'katana'
  readonly billing: BillingPath
  /** Why it is billed so, in words. */
  readonly billedBecause: string
  /** The public name; absent when the caller gave none. */
  readonly model?: string
}

/** A call that costs something, before its path is chosen. */
export interface PlannedCall {
  readonly kind: 'media' | 'text'
  readonly model?: string | undefined
  readonly options: Pick<CallOptions, 'billing' | 'fetchOptions' | 'signal'>
}

/** What a session is made from. */
export interface SessionOptions {
  readonly connection: Connection
  readonly validate: boolean
  readonly billing: Billing | undefined
  readonly keyHeaders: Readonly<Record<string, string>> | undefined
  /** Pays what is paid directly. */
  readonly directFetch: FetchLike
  /** Sends what a prepaid balance pays for, with a proof. */
  readonly walletFetch: FetchLike | undefined
  readonly isTextOwed: (signal?: AbortSignal) => Promise<boolean>
  /** Sends what a key is billed for, and enters it in the ledger. */
  readonly keyFetch: FetchLike | undefined
  readonly describe: ((call: CallDescription) => Readonly<Record<string, unknown>>) | undefined
}

/** What the parts of one client share. Keys and proofs stay inside it. */
export class Session {
  readonly connection: Connection
  readonly validate: boolean
  readonly #options: SessionOptions

  constructor(options: SessionOptions) {
    this.connection = options.connection
    this.validate = options.validate
    this.#options = options
  }

  /** The key's headers, for free requests whose answer depends on who makes them; `undefined` without a key. */
  get keyHeaders(): Readonly<Record<string, string>> | undefined {
    return this.#options.keyHeaders
  }

  /** The one path that a call takes. @throws {TypeError} when what the path needs was not given. */
  choose(kind: 'media' | 'text', billing: Billing | undefined): ChosenPath {
    const { keyHeaders, walletFetch, billing: own } = this.#options
    const means = { hasKey: keyHeaders !== undefined, hasWallet: walletFetch !== undefined }
    return choosePath(billing ?? own, kind, means)
  }

  /** What the operation of a call carries: the credentials of its one path, and the caller's options. */
  billed(call: PlannedCall): Omit<Operation, 'name' | 'method' | 'path'> {
    const { kind, options } = call
    const { path, elseDirect, reason } = this.choose(kind, options.billing)
    const fetch = this.#fetchOf(path)
    return {
      headers: path === 'key' ? (this.keyHeaders ?? {}) : {},
      money: path === 'direct' ? 'fetch' : 'unknown',
      fetchOptions: this.#describe(call, { billing: path, billedBecause: reason }),
      ...(fetch ? { fetch: elseDirect ? this.#elseDirect(fetch, call) : fetch } : {}),
      ...(options.signal ? { signal: options.signal } : {})
    }
  }

  #elseDirect(balance: FetchLike, call: PlannedCall): FetchLike {
    const described = this.#describe(call, { billing: 'direct', billedBecause: FELL_SHORT })
    const { directFetch, isTextOwed: isOwed } = this.#options
    const direct: FetchLike = (url, init) => directFetch(url, { ...init, ...described })
    return balanceFirst({ balance, direct, isOwed })
  }

  #describe(
    { model, options }: PlannedCall,
    chosen: Pick<CallDescription, 'billing' | 'billedBecause'>
  ): Readonly<Record<string, unknown>> {
    const call = { service: 'katana', ...chosen } as const
    const described = this.#options.describe?.(model === undefined ? call : { ...call, model })
    return mergeOptions(described, options.fetchOptions)
  }

  #fetchOf(path: BillingPath): FetchLike | undefined {
    const { walletFetch, keyFetch } = this.#options
    if (path === 'direct') return undefined
    return path === 'wallet' ? walletFetch : keyFetch
  }
}

/** Merges a caller's options over those that describe the call. In `bursar` each option is merged by itself. */
function mergeOptions(
  described: Readonly<Record<string, unknown>> = {},
  given: Readonly<Record<string, unknown>> = {}
): Readonly<Record<string, unknown>> {
  const merged = { ...described, ...given }
  if (!isJsonObject(described.bursar) || !isJsonObject(given.bursar)) return merged
  return { ...merged, bursar: { ...described.bursar, ...given.bursar } }
}
