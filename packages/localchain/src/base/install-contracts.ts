import type { Address } from 'viem'
import type { AnvilClient } from './anvil-client.js'
import compiled from './contracts.json' with { type: 'json' }

/**
 * Where the contracts stand on every chain: Permit2, x402's two proxies, and Multicall3, through which facilitators read
 * why a payment fails.
 */
const contracts: readonly { readonly address: Address; readonly code: string }[] = [
  { address: '0x000000000022D473030F116dDEE9F6B43aC78BA3', code: compiled.permit2 },
  { address: '0x402085c248EeA27D92E8b30b2C58ed07f9E20001', code: compiled.exactProxy },
  { address: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002', code: compiled.uptoProxy },
  { address: '0xcA11bde05977b3631167028862bE2a173976CA11', code: compiled.multicall3 }
]

/**
 * Puts the contracts that x402 uses beside the token at their addresses. Permit2 and Multicall3 are the real ones. The
 * proxies have the interface, the checks and the events of the real ones; their sources are in `contracts/`.
 */
export async function installContracts(client: AnvilClient): Promise<void> {
  await Promise.all(
    contracts.map(({ address, code }) =>
      client.request({ method: 'anvil_setCode', params: [address, `0x${code}`] })
    )
  )
}
