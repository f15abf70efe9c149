import type { AtomicUsdc, JsonObject, NetworkId, Offer, Purchase } from '@bursar/core'
import type { WalletProof } from '@bursar/siwx'

/** A request that a prepaid balance is kept by. */
export interface PrepaidRequest {
  readonly path: string
  readonly body?: JsonObject
}

/** One movement on a prepaid balance. */
export interface Movement {
  /** The service's word, such as `top_up` or `debit`. */
  readonly type: string
  /** Decimal USDC as the service writes it, negative for what leaves. */
  readonly amount: string
  /** Of the payment that was credited. */
  readonly transaction?: string
  /** As the service writes it. */
  readonly at?: string
}

/** Makes wallet proofs for one origin; `katanaProver`'s is one. */
export interface WalletProver {
  readonly origin: string
  readonly network: NetworkId
  /** @throws {BursarError} `proof/wrong-origin`, `signer/failed` */
  prove(url: string): Promise<WalletProof>
}

/** How one service keeps prepaid balances. */
export interface PrepaidService {
  /** Such as `katana`. */
  readonly name: string
  /** Without a body where the service takes none. */
  topUp(amount: AtomicUsdc): PrepaidRequest
  /** Why an offer for a top-up is not one for exactly this amount. */
  rejectionReason(offer: Offer, amount: AtomicUsdc): string | undefined
  /** What a paid top-up says was credited, and to whom; nothing when it cannot be understood. */
  readTopUp(body: JsonObject): { readonly credited: AtomicUsdc; readonly wallet: string } | undefined
  balance(wallet: string): PrepaidRequest
  readBalance(body: JsonObject): AtomicUsdc | undefined
  movements(wallet: string, cursor: string | undefined): PrepaidRequest
  readMovements(
    body: JsonObject
  ): { readonly movements: readonly Movement[]; readonly next?: string } | undefined
  /** Whether a movement is the credit of a top-up that was paid. */
  isCreditOf(movement: Movement, paid: Purchase): boolean
  /** What a 402 to a call with a proof says is missing; nothing when it is another kind of 402. */
  shortfall(headers: Headers, body: JsonObject | undefined): AtomicUsdc | undefined
  /** The network of a wallet, as the service names it. */
  readonly networks: readonly NetworkId[]
}
