import type { NetworkId } from '../network/network.js'

/** An offer that was not taken, and why. */
export interface OfferRejection {
  readonly scheme?: string
  readonly network?: string
  readonly reason: string
}

/** What every error after signing tells, so that the payment can be found and recovered. */
export interface PaymentContext {
  /** The ledger's name for the purchase. */
  readonly purchase: string
  readonly network: NetworkId
  readonly payer: string
  readonly payTo: string
  /** Decimal USDC, such as `0.013938`. */
  readonly amount: string
  /** EVM: the EIP-3009 nonce. Solana: SHA-256 of the message, base58. */
  readonly reference: string
  /** Unix seconds after which the authorization can no longer settle, as far as is known. */
  readonly expiresAtSeconds: number
  /** HTTP status of the last answer, when there was one. */
  readonly status?: number
  /** What the server gave as reason, cut to one short line. */
  readonly reason?: string
  /** Hash or signature of the settling transaction, when known. */
  readonly transaction?: string
}

/** Context of each error code. Codes are only ever added. */
export interface ErrorContexts {
  /** A decimal amount that is not one. */
  'amount/malformed': { readonly text: string; readonly reason: string }
  /** A payment header that cannot be decoded. */
  'header/malformed': { readonly header: string; readonly reason: string }
  /** A payment header or 402 body larger than the bound. */
  'header/too-large': { readonly header: string; readonly limitBytes: number }
  /** A 402 that carries no x402 challenge. */
  'challenge/malformed': { readonly reason: string }
  /** No offer can be paid with what was configured. */
  'offer/none-usable': { readonly offers: readonly OfferRejection[] }
  /** A signing domain that contradicts the registry. */
  'offer/domain-mismatch': { readonly network: string; readonly asset: string; readonly reason: string }
  /** Solana: the payee has no account for the token, and the server lets nobody create one. */
  'offer/recipient-account-missing': {
    readonly network: string
    readonly asset: string
    readonly payTo: string
    /** The associated token account that does not exist. */
    readonly account: string
  }
  /** Above a limit. */
  'offer/over-limit': {
    readonly limit: string
    readonly allowed: string
    readonly asked: string
    readonly used: string
  }
  /** The caller's `confirm` said no. */
  'offer/declined': { readonly amount: string; readonly payTo: string; readonly network: string }
  /** A payee outside the allowed list. */
  'offer/payee-refused': { readonly payTo: string; readonly host: string; readonly network: string }
  /** A host outside the allowed list. */
  'request/host-refused': { readonly host: string }
  /** Plain http to another machine. */
  'request/insecure': { readonly host: string }
  /** A streamed body beyond the bound. */
  'request/body-too-large': { readonly limitBytes: number }
  /** A time limit before payment ran out. */
  'request/timeout': { readonly timeoutMs: number; readonly host: string }
  /** The ledger could not be read or written. */
  'ledger/unavailable': { readonly reason: string }
  /** A purchase is not in the state that the step needs. */
  'ledger/conflict': { readonly purchase: string; readonly state: string; readonly event: string }
  /** Somebody has frozen the ledger: nothing is paid until it is thawed. */
  'ledger/frozen': { readonly reason: string }
  /** The caller's name belongs to a purchase of something else. */
  'purchase/name-taken': { readonly name: string; readonly purchase: string }
  /** The named purchase is on its way in another call. */
  'purchase/in-progress': { readonly name: string; readonly purchase: string }
  /** The named purchase was paid for and answered before; this is its receipt. */
  'purchase/already-settled': {
    readonly name: string
    readonly purchase: string
    /** Decimal USDC. */
    readonly amount: string
    readonly network: NetworkId
    readonly transaction?: string
  }
  /** No RPC endpoint answered. */
  'rpc/unavailable': { readonly network: string; readonly endpoints: number }
  /** The wallet refused to sign or signed something else. */
  'signer/failed': { readonly network: string; readonly reason: string }
  /** The server answered 402 to the payment. */
  'payment/refused': PaymentContext
  /** The server answered 5xx to the payment. */
  'payment/failed': PaymentContext
  /** The server answered the payment with a redirect, which was not followed. */
  'payment/redirected': PaymentContext
  /** The answer is lost, and the payment can still settle. */
  'payment/outcome-unknown': PaymentContext
  /** The payment settled, and the answer is lost. */
  'payment/settled-answer-lost': PaymentContext
  /** The authorization died unused: nothing was taken. */
  'payment/expired': PaymentContext
  /** The caller aborted after the payment was sent. */
  'payment/aborted': PaymentContext
}

/** `area/problem`. */
export type ErrorCode = keyof ErrorContexts
