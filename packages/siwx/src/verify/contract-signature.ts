import type { Clock, ReadServedNetwork, RpcUrls } from '@bursar/core'
import { createChainReader } from '@bursar/core/rpc'
import type { SignedText } from './signed-text.js'

/** How the contract's chain is asked. */
export interface ContractReads {
  readonly rpcUrls: RpcUrls
  /** For each call to an endpoint, in milliseconds. */
  readonly rpcTimeoutMs: number
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/**
 * Asks the first endpoint that answers and serves the network whether a contract, deployed or yet to be deployed,
 * accepts a signature as its own.
 *
 * @returns `false` also when no endpoint is configured for the network.
 * @throws {BursarError} `rpc/unavailable` when none answers: an outage is no verdict.
 * @see EIP-1271; EIP-6492
 */
export async function isContractSignature(
  signed: SignedText,
  { rpcUrls, rpcTimeoutMs: timeoutMs, clock, signal }: ContractReads
): Promise<boolean> {
  const { network } = signed
  if ([rpcUrls[network] ?? []].flat().length === 0) return false
  // viem takes a quarter of a second to load, and most wallets are not contracts.
  const { validateSignature } = await import('./signature-validator.js')
  const reader = createChainReader({ rpcUrls, publicUrls: {}, timeoutMs, clock, readNetwork })
  return reader.read(network, (rpc) => validateSignature(rpc, signed), { signal })
}

/** An endpoint of another chain must not decide. */
const readNetwork: ReadServedNetwork = async (rpc) => {
  const chainId = Number(await rpc('eth_chainId'))
  if (Number.isSafeInteger(chainId) && chainId > 0) return `eip155:${chainId}`
  throw new TypeError('The node did not name its chain')
}
