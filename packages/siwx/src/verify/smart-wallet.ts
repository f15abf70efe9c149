import { BursarError, type NetworkId } from '@bursar/core'

/** RPC endpoints by network, tried in order. */
export type RpcUrls = Readonly<Partial<Record<NetworkId, string | readonly string[]>>>

/** A contract's signature over a text. */
export interface ContractSignature {
  readonly network: NetworkId
  readonly address: string
  readonly text: string
  /** `0x` hex. */
  readonly signature: string
}

/**
 * Asks the first endpoint that answers and serves the network whether a contract, deployed or yet to be,
 * takes a signature for its own.
 *
 * @returns `false` also when no endpoint is configured for the network.
 * @throws {BursarError} `rpc/unavailable` when none answers: an outage is no verdict.
 * @see EIP-1271; EIP-6492
 */
export async function isContractSignature(
  asked: ContractSignature,
  rpcUrls: RpcUrls,
  timeoutMs: number
): Promise<boolean> {
  const { network } = asked
  const urls = [rpcUrls[network] ?? []].flat()
  if (urls.length === 0) return false
  // viem takes a quarter of a second to load, and most wallets are not contracts.
  const { askContract } = await import('./ask-contract.js')
  let cause: unknown
  for (const url of urls) {
    try {
      return await askContract(asked, url, timeoutMs)
    } catch (error) {
      cause = error
    }
  }
  throw new BursarError('rpc/unavailable', {
    message: `None of the ${urls.length} RPC endpoints of ${network} answered, so a contract's signature could not be checked.`,
    context: { network, endpoints: urls.length },
    moneyState: 'none',
    cause
  })
}
