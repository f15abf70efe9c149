import { encodeFunctionData, hashTypedData, parseAbi } from 'viem'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { type Hex, readHash } from '../address/address.js'
import { fromHex } from '../address/hex.js'
import type { TokenDomain } from '../payment/authorization.js'

const cancelTypes = {
  CancelAuthorization: [
    { name: 'authorizer', type: 'address' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

/** Every token with EIP-3009 has the first; those that take the signatures of contracts have the second too. */
const byParts = parseAbi(['function cancelAuthorization(address, bytes32, uint8, bytes32, bytes32)'])
const byBytes = parseAbi(['function cancelAuthorization(address, bytes32, bytes)'])

/** An authorization that is to be cancelled, and who signs that. */
export interface CancellationToSign {
  readonly authorizer: EvmAuthorizer
  readonly domain: TokenDomain
  /** `0x` hex of 32 bytes: the payment's reference. */
  readonly nonce: string
}

/**
 * Has the payer sign the cancellation of an authorization.
 *
 * @returns the call of the token, which anybody may send; `undefined` when the payer is not deployed yet, so that its token
 * cannot ask it.
 * @throws {BursarError} `signer/failed`
 * @see EIP-3009, `cancelAuthorization`
 */
export async function signCancellation({
  authorizer,
  domain,
  nonce
}: CancellationToSign): Promise<Hex | undefined> {
  const message = { authorizer: await authorizer.address(), nonce: readHash(nonce) }
  const data = { domain, types: cancelTypes, primaryType: 'CancelAuthorization', message } as const
  const signature = await authorizer.signData({ data, hash: fromHex(hashTypedData(data)) })
  if (/(?:6492){16}$/.test(signature)) return undefined
  return signature.length === 132
    ? encodeFunctionData({ abi: byParts, args: [message.authorizer, message.nonce, ...partsOf(signature)] })
    : encodeFunctionData({ abi: byBytes, args: [message.authorizer, message.nonce, signature] })
}

/** v, r and s as they stand: of a contract's signature nothing may be changed. */
function partsOf(signature: Hex): readonly [number, Hex, Hex] {
  const [r, s, v] = [signature.slice(2, 66), signature.slice(66, 130), signature.slice(130)]
  return [Number.parseInt(v, 16), `0x${r}`, `0x${s}`]
}
