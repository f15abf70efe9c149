import type { Address } from '../address/address.js'

/** What a payment does, which its bytes must say and nothing else. */
export interface Transfer {
  /** Signs first, pays the fee, and, where it is created, for the recipient's token account. */
  readonly feePayer: Address
  /** Us. */
  readonly owner: Address
  readonly source: Address
  readonly mint: Address
  readonly tokenProgram: Address
  readonly decimals: number
  readonly recipient: Address
  /** The recipient's token account. */
  readonly destination: Address
  readonly createsDestination: boolean
  /** In the mint's smallest unit. */
  readonly amountAtomic: bigint
  /** UTF-8. Absent: it has no memo. */
  readonly memo: Uint8Array | undefined
  readonly microLamportsPerUnit: bigint
  readonly blockhash: Uint8Array
}

/**
 * The most compute that a payment may use. Measured with a new token account: 14,400 units and 1,500 more
 * for each step of the account's derivation (Agave 4.1), and some 10,000 more with the token program of
 * before 2026; half of all accounts take one step, one in a million twenty. Without creation it is under
 * 12,000. Facilitators have been seen to reject 100,000, and 20,000 is too tight for a creation.
 */
export const COMPUTE_UNITS = 60_000
