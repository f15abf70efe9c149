import type { Connection } from '../shared/service/connection.js'
import type { FetchLike, Operation } from '../shared/service/operation.js'
import { type Billing, type BillingPath, billingPath, billingReason } from './billing.js'
import type { CallOptions } from './call-options.js'

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
  readonly walletProof: (() => string | Promise<string>) | undefined
  readonly walletFetch: FetchLike | undefined
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
  pathOf(kind: 'media' | 'text', billing: Billing | undefined): BillingPath {
    return billingPath(billing ?? this.#options.billing, kind, this.#means)
  }

  /** Why {@link Session.pathOf} chooses as it does. */
  reasonOf(kind: 'media' | 'text', billing: Billing | undefined): string {
    return billingReason(billing ?? this.#options.billing, kind, this.#means)
  }

  /** What the operation of a call carries: the credentials of its one path, and the caller's options. */
  async billed({ kind, model, options }: PlannedCall): Promise<Omit<Operation, 'name' | 'method' | 'path'>> {
    const path = this.pathOf(kind, options.billing)
    const billedBecause = this.reasonOf(kind, options.billing)
    const call = { service: 'katana', billing: path, billedBecause } as const
    const described = this.#options.describe?.(model === undefined ? call : { ...call, model })
    const fetch = this.#fetchOf(path)
    const { fetchOptions, signal } = options
    return {
      headers: await this.#headersOf(path),
      money: path === 'direct' ? 'fetch' : 'unknown',
      fetchOptions: { ...described, ...fetchOptions },
      ...(fetch ? { fetch } : {}),
      ...(signal ? { signal } : {})
    }
  }

  get #means() {
    const { keyHeaders, walletProof, walletFetch } = this.#options
    const hasWallet = walletProof !== undefined || walletFetch !== undefined
    return { hasKey: keyHeaders !== undefined, hasWallet }
  }

  #fetchOf(path: BillingPath): FetchLike | undefined {
    const { walletFetch, keyFetch } = this.#options
    if (path === 'direct') return undefined
    return path === 'wallet' ? walletFetch : keyFetch
  }

  async #headersOf(path: BillingPath): Promise<Readonly<Record<string, string>>> {
    const { keyHeaders = {}, walletProof, walletFetch } = this.#options
    if (path === 'key') return keyHeaders
    if (path !== 'wallet' || walletFetch || !walletProof) return {}
    return { 'X-Sign-In-With-X': await walletProof() }
  }
}
