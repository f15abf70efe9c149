import type { ChainReader, NetworkId, Rpc } from '@bursar/core'
import type { Address } from '../address/address.js'
import { PERMIT2 } from './addresses.js'

/** The first four bytes of the hashes of `allowance(address,address)` and `nonces(address)`. @see EIP-20; EIP-2612 */
const ALLOWANCE = '0xdd62ed3e'
const NONCES = '0x7ecebe00'

/** An account's holdings of one token. */
export interface TokenHolder {
  readonly network: NetworkId
  readonly token: Address
  readonly owner: Address
}

/** How much of a token Permit2 may take from its owner. @throws {BursarError} `rpc/unavailable` */
export function readAllowance(
  rpc: ChainReader,
  { network, token, owner }: TokenHolder,
  signal?: AbortSignal
): Promise<bigint> {
  const data = `${ALLOWANCE}${word(owner)}${word(PERMIT2)}`
  return rpc.read(network, (call) => readNumber(call, token, data), { signal })
}

/** The number of the owner's next permit. @throws {BursarError} `rpc/unavailable` */
export function readPermitNonce(
  rpc: ChainReader,
  { network, token, owner }: TokenHolder,
  signal?: AbortSignal
): Promise<bigint> {
  return rpc.read(network, (call) => readNumber(call, token, `${NONCES}${word(owner)}`), { signal })
}

async function readNumber(rpc: Rpc, to: Address, data: string): Promise<bigint> {
  const answer = await rpc('eth_call', [{ to, data }, 'latest'])
  if (typeof answer === 'string' && /^0x[0-9a-fA-F]{64}$/.test(answer)) return BigInt(answer)
  throw new TypeError('The node did not answer eth_call with one number')
}

function word(address: Address): string {
  return address.slice(2).toLowerCase().padStart(64, '0')
}
