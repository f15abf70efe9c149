import { type NetworkId, SOLANA_DEVNET, SOLANA_MAINNET } from '@bursar/core'

/** The public network that a local chain stands in for. */
export type SolanaNetworkName = 'mainnet' | 'devnet'

/** The networks, each with the mint of its USDC. */
export const solanaNetworks: Readonly<
  Record<SolanaNetworkName, { readonly id: NetworkId; readonly usdc: string }>
> = {
  mainnet: { id: SOLANA_MAINNET, usdc: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' },
  devnet: { id: SOLANA_DEVNET, usdc: '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU' }
}
