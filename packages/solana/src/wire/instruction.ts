import type { Address } from '../address/address.js'

/** An account that an instruction uses, and how. */
export interface AccountUse {
  readonly address: Address
  readonly signs: boolean
  readonly writable: boolean
}

/** One call of a program. */
export interface Instruction {
  readonly program: Address
  readonly accounts: readonly AccountUse[]
  readonly data: Uint8Array
}
