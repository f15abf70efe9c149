import type { Address } from '../address/address.js'

/** A field of a struct of EIP-712. */
export interface TypedDataField {
  readonly name: string
  readonly type: string
}

/** The domain of EIP-712 typed data: a token's has a version, and Permit2's has none. */
export interface TypedDataDomain {
  readonly name: string
  readonly version?: string
  readonly chainId: number
  readonly verifyingContract: Address
}

/** EIP-712 typed data as it is built here. */
export interface TypedData {
  readonly domain: TypedDataDomain
  /** Without `EIP712Domain`. */
  readonly types: Readonly<Record<string, readonly TypedDataField[]>>
  readonly primaryType: string
  readonly message: object
}

/**
 * EIP-712 typed data as wallets take it. `types` names the domain's fields as `EIP712Domain`, without which some signers
 * hash an empty domain; numbers of the message are decimal text, since some signers write it as JSON.
 */
export interface WalletTypedData extends Omit<TypedData, 'message'> {
  readonly message: Readonly<Record<string, unknown>>
}

/** The fields that a domain may have, in the order in which they are hashed. @see EIP-712 */
const domainFields = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' }
] as const

/** Typed data for a wallet that takes it as one object. */
export function toWalletTypedData({ domain, types, primaryType, message }: TypedData): WalletTypedData {
  return {
    domain,
    types: { EIP712Domain: domainFields.filter(({ name }) => domain[name] !== undefined), ...types },
    primaryType,
    message: withTextNumbers(message)
  }
}

function withTextNumbers(struct: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(struct).map(([name, value]) => [name, toText(value)]))
}

function toText(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'object' && value !== null ? withTextNumbers(value) : value
}
