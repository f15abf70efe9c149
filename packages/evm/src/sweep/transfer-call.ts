import type { Asset } from '@bursar/core'
import { encodeFunctionData, parseAbi } from 'viem'
import { type Address, type Hex, readAddress } from '../address/address.js'
import type { Authorization } from '../payment/authorization.js'

const abi = parseAbi([
  'function transfer(address, uint256) returns (bool)',
  'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, uint8, bytes32, bytes32)'
])

/** A call of a token's contract. */
export interface TokenCall {
  readonly to: Address
  readonly data: Hex
}

/** A transfer that the owner sends itself. @see EIP-20, `transfer` */
export function transferCall({
  asset,
  to,
  amountAtomic
}: {
  readonly asset: Asset
  readonly to: string
  readonly amountAtomic: bigint
}): TokenCall {
  const data = encodeFunctionData({ abi, functionName: 'transfer', args: [readAddress(to), amountAtomic] })
  return { to: readAddress(asset.address), data }
}

/** A transfer that the owner has signed and anybody may send. @see EIP-3009, `transferWithAuthorization` */
export function authorizedCall(asset: Asset, authorization: Authorization, signature: Hex): TokenCall {
  const { from, to, value, validAfter, validBefore, nonce } = authorization
  const [r, s, v]: readonly Hex[] = [
    `0x${signature.slice(2, 66)}`,
    `0x${signature.slice(66, 130)}`,
    `0x${signature.slice(130)}`
  ]
  const args = [
    from,
    to,
    value,
    validAfter,
    validBefore,
    nonce,
    Number.parseInt(v ?? '', 16),
    r ?? '0x',
    s ?? '0x'
  ] as const
  return {
    to: readAddress(asset.address),
    data: encodeFunctionData({ abi, functionName: 'transferWithAuthorization', args })
  }
}
