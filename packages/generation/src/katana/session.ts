import type { Connection } from '../shared/service/connection.js'
import type { FetchLike, Operation } from '../shared/service/operation.js'
import { type Billing, type BillingPath, billingPath, billingReason } from './billing.js'

/** What the parts of one client share. */
export interface Session {
  readonly connection: Connection
  readonly validate: boolean
  /** @throws {TypeError} when what the path needs was not given. */
  pathOf(billing: Billing | undefined, kind: 'media' | 'text'): BillingPath
  /** Why {@link Session.pathOf} says what it says. */
  reasonFor(billing: Billing | undefined, kind: 'media' | 'text'): string
  /** What an operation that costs something carries: the credentials of its one path, and the caller's say. */
  billed(
    path: BillingPath,
    kind: 'media' | 'text',
    model: string | undefined,
    call: CallSettings
  ): Promise<Pick<Operation, 'headers' | 'money' | 'fetch' | 'signal' | 'fetchOptions'>>
  /** The key's headers, for what is free and may want to know who asks; nothing without a key. */
  readonly keyHeaders: Readonly<Record<string, string>> | undefined
}

interface CallSettings {
  readonly billing?: Billing
  readonly fetchOptions?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
}

/** What is about to be bought. */
export interface CallAbout {
  readonly service: 'katana'
  readonly billing: BillingPath
  /** Why it is billed so, in words. */
  readonly billedBecause: string
  /** The public name; absent when the caller gave none. */
  readonly model?: string
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
  readonly describe: ((about: CallAbout) => Readonly<Record<string, unknown>>) | undefined
}

/** Begins a session. Keys and proofs stay inside it. */
export function openSession({
  connection,
  validate,
  billing,
  keyHeaders,
  walletProof,
  walletFetch,
  keyFetch,
  describe
}: SessionOptions): Session {
  const hasWallet = walletProof !== undefined || walletFetch !== undefined
  const means = { hasKey: keyHeaders !== undefined, hasWallet }
  const headersOf = async (path: BillingPath): Promise<Readonly<Record<string, string>>> => {
    if (path === 'wallet' && walletProof && !walletFetch) return { 'X-Sign-In-With-X': await walletProof() }
    return (path === 'key' && keyHeaders) || {}
  }
  return {
    connection,
    validate,
    pathOf: (asked, kind) => billingPath(asked ?? billing, kind, means),
    reasonFor: (asked, kind) => billingReason(asked ?? billing, kind, means),
    async billed(path, kind, model, { billing: asked, fetchOptions, signal }) {
      const billedBecause = billingReason(asked ?? billing, kind, means)
      const about = {
        service: 'katana',
        billing: path,
        billedBecause,
        ...(model === undefined ? {} : { model })
      } as const
      return {
        headers: await headersOf(path),
        money: path === 'direct' ? 'fetch' : 'unknown',
        ...(path === 'wallet' && walletFetch ? { fetch: walletFetch } : {}),
        ...(path === 'key' && keyFetch ? { fetch: keyFetch } : {}),
        fetchOptions: { ...describe?.(about), ...fetchOptions },
        ...(signal ? { signal } : {})
      }
    },
    keyHeaders
  }
}
