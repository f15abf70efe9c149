import type { Asset, NetworkFamily, NetworkId } from '../network/network.js'

/** Which of an account's money is moved, and where to. */
export interface SweepRequest {
  readonly network: NetworkId
  /** The token; absent: the coin that pays for gas. */
  readonly asset?: Asset | undefined
  /** The address that gets it. */
  readonly to: string
}

/** What a sweep will do, before anything is signed. */
export interface SweepPlan extends SweepRequest {
  readonly from: string
  /** In the smallest unit of the asset or coin; zero when there is nothing to move. */
  readonly amountAtomic: bigint
  readonly feePayer: string
  /** The most that the network takes for it, in wei or lamports. */
  readonly maxFee: bigint
  /** What the fee payer must hold for it, in wei or lamports: the fee, and on Solana what a new account has to hold. */
  readonly neededForFee: bigint
  /** What the fee payer does hold. */
  readonly heldForFee: bigint
  /** Solana: whether the payee gets a token account, at the fee payer's cost. */
  readonly createsAccount: boolean
}

/** A transfer that is signed, as it is kept until its end is known. It pays `to`, and nobody else. */
export interface SignedSweep {
  readonly network: NetworkId
  /** The token's address; absent: the coin. */
  readonly asset?: string | undefined
  readonly from: string
  readonly to: string
  readonly amountAtomic: bigint
  /** EVM: the transaction's hash. Solana: its first signature. */
  readonly transaction: string
  /** As the chain's records name the authorization; absent for a plain transfer on EVM networks. */
  readonly reference?: string | undefined
  readonly feePayer: string
  /** EVM: hex. Solana: base64. The same bytes can be sent again, and move the money once. */
  readonly bytes: string
  /** EVM: the nonce of the fee payer's account. Solana: the last block height at which it can land. */
  readonly endsAt: bigint
  /** EVM: Unix seconds from which an authorization in it can be used no more; absent without one. */
  readonly validBefore?: bigint | undefined
}

/**
 * What became of a transfer. `failed`: it is in a block and moved nothing. `dead`: it can never get into one. `rejected`: the
 * network did not take it. `unknown`: it may still get into a block, or somebody else may still use the authorization in it.
 */
export type SweepOutcome =
  | {
      readonly status: 'landed'
      readonly atMs: number
      /** The transaction that moved the money, where it is another than was sent: an authorization can be used by anybody. */
      readonly transaction?: string | undefined
    }
  | { readonly status: 'failed' | 'dead' }
  | { readonly status: 'unknown'; readonly reason?: string }
  | { readonly status: 'rejected'; readonly reason: string }

/** Moves everything that an account holds to an address. Implemented by `@bursar/evm/sweep` and `@bursar/solana/sweep`. */
export interface Sweeper {
  readonly family: NetworkFamily
  /**
   * Reads what there is to move and what it costs.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  plan(request: SweepRequest): Promise<SweepPlan>
  /** Why nobody should be paid at an address, by what the chain has there; `undefined`: nothing speaks against it. */
  payeeRejectionReason(request: SweepRequest): Promise<string | undefined>
  /** Signs what was planned. Nothing is sent. @throws {BursarError} `rpc/unavailable`, `signer/failed` */
  sign(plan: SweepPlan): Promise<SignedSweep>
  /** Sends the transfer and waits until its end is known, for two minutes at most. It can be called again. */
  send(
    signed: SignedSweep,
    options: {
      /** Whether it may have been sent before: then a refusal of the network does not mean that it is not on its way. */
      readonly isAgain: boolean
    }
  ): Promise<SweepOutcome>
}
