import {
  type Asset,
  BASE_SEPOLIA,
  type Network,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET
} from './network.js'

/**
 * The networks on which Circle issues USDC with EIP-3009, and Solana.
 * Addresses are Circle's own list; `domainName` is what each contract's `name()` returns.
 *
 * @see https://developers.circle.com/stablecoins/usdc-contract-addresses
 */
const evm: readonly (readonly [
  chainId: number,
  name: string,
  v1Name: string | undefined,
  address: string,
  domainName: string
])[] = [
  [8453, 'Base', 'base', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', 'USD Coin'],
  [84532, 'Base Sepolia', 'base-sepolia', '0x036CbD53842c5426634e7929541eC2318f3dCF7e', 'USDC'],
  [1, 'Ethereum', undefined, '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', 'USD Coin'],
  [11155111, 'Ethereum Sepolia', undefined, '0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238', 'USDC'],
  [42161, 'Arbitrum One', undefined, '0xaf88d065e77c8cC2239327C5EDb3A432268e5831', 'USD Coin'],
  [421614, 'Arbitrum Sepolia', undefined, '0x75faf114eafb1BDbe2F0316DF893fd58CE46AA4d', 'USD Coin'],
  [10, 'OP Mainnet', undefined, '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85', 'USD Coin'],
  [11155420, 'OP Sepolia', undefined, '0x5fd84259d66Cd46123540766Be93DFE6D43130D7', 'USDC'],
  [137, 'Polygon', 'polygon', '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359', 'USD Coin'],
  [80002, 'Polygon Amoy', 'polygon-amoy', '0x41E94Eb019C0762f9Bfcf9Fb1E58725BfB0e7582', 'USDC'],
  [43114, 'Avalanche', 'avalanche', '0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E', 'USD Coin'],
  [43113, 'Avalanche Fuji', 'avalanche-fuji', '0x5425890298aed601595a70AB815c96711a31Bc65', 'USD Coin'],
  [42220, 'Celo', undefined, '0xcebA9300f2b948710d2653dD7B07f33A8B32118C', 'USDC'],
  [130, 'Unichain', undefined, '0x078D782b760474a361dDA0AF3839290b0EF57AD6', 'USDC'],
  [480, 'World Chain', undefined, '0x79A02482A880bCE3F13e09Da970dC34db4CD24d1', 'USDC']
]

const solana: readonly (readonly [id: NetworkId, name: string, v1Name: string, mint: string])[] = [
  [SOLANA_MAINNET, 'Solana', 'solana', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
  [SOLANA_DEVNET, 'Solana Devnet', 'solana-devnet', '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU']
]

/** Networks known by default. The first is the default. */
export const circleNetworks: readonly Network[] = [
  ...evm.map(
    ([chainId, name, v1Name]): Network => ({ id: `eip155:${chainId}`, family: 'eip155', name, v1Name })
  ),
  ...solana.map(([id, name, v1Name]): Network => ({ id, family: 'solana', name, v1Name }))
]

/** USDC on each of {@link circleNetworks}. */
export const circleAssets: readonly Asset[] = [
  ...evm.map(
    ([chainId, , , address, name]): Asset => ({
      network: `eip155:${chainId}`,
      address,
      symbol: 'USDC',
      decimals: 6,
      domain: { name, version: '2' }
    })
  ),
  ...solana.map(([network, , , address]): Asset => ({ network, address, symbol: 'USDC', decimals: 6 }))
]

/** Networks whose USDC is worth nothing. */
export const testNetworks: readonly NetworkId[] = [
  BASE_SEPOLIA,
  SOLANA_DEVNET,
  'eip155:11155111',
  'eip155:421614',
  'eip155:11155420',
  'eip155:80002',
  'eip155:43113'
]
