import { type Network, type NetworkId, SOLANA_DEVNET, SOLANA_MAINNET, SOLANA_TESTNET } from './network.js'

/**
 * The EVM networks of x402's official client, of both versions, and those of Circle's USDC. The first is the default.
 * The word at the end marks those whose money is worth nothing.
 */
const evm: readonly (readonly [chainId: number, name: string, v1Name?: string | undefined, test?: 'test'])[] =
  [
    [8453, 'Base', 'base'],
    [84532, 'Base Sepolia', 'base-sepolia', 'test'],
    [1, 'Ethereum', 'ethereum'],
    [11155111, 'Ethereum Sepolia', 'sepolia', 'test'],
    [42161, 'Arbitrum One'],
    [421614, 'Arbitrum Sepolia', undefined, 'test'],
    [10, 'OP Mainnet'],
    [11155420, 'OP Sepolia', undefined, 'test'],
    [137, 'Polygon', 'polygon'],
    [80002, 'Polygon Amoy', 'polygon-amoy', 'test'],
    [43114, 'Avalanche', 'avalanche'],
    [43113, 'Avalanche Fuji', 'avalanche-fuji', 'test'],
    [42220, 'Celo', 'celo'],
    [11142220, 'Celo Sepolia', undefined, 'test'],
    [130, 'Unichain'],
    [480, 'World Chain'],
    [14, 'Flare', 'flare'],
    [50, 'XDC'],
    [51, 'XDC Apothem', undefined, 'test'],
    [143, 'Monad', 'monad'],
    [10143, 'Monad Testnet', 'monad-testnet', 'test'],
    [988, 'Stable', 'stable'],
    [2201, 'Stable Testnet', 'stable-testnet', 'test'],
    [1329, 'Sei', 'sei'],
    [1328, 'Sei Testnet', 'sei-testnet', 'test'],
    [1514, 'Story', 'story'],
    [2741, 'Abstract', 'abstract'],
    [11124, 'Abstract Testnet', 'abstract-testnet', 'test'],
    [3338, 'peaq', 'peaq'],
    [4326, 'MegaETH', 'megaeth'],
    [4689, 'IoTeX', 'iotex'],
    [31612, 'Mezo'],
    [31611, 'Mezo Testnet', undefined, 'test'],
    [36900, 'ADI Chain'],
    [38833, 'Igra'],
    [41923, 'EDU Chain', 'educhain'],
    [723487, 'Radius'],
    [72344, 'Radius Testnet', undefined, 'test'],
    [190415, 'HPP'],
    [181228, 'HPP Sepolia', undefined, 'test'],
    [1187947933, 'SKALE Base', 'skale-base'],
    [324705682, 'SKALE Base Sepolia', 'skale-base-sepolia', 'test']
  ]

const solana: readonly Network[] = [
  { id: SOLANA_MAINNET, family: 'solana', name: 'Solana', v1Name: 'solana' },
  { id: SOLANA_DEVNET, family: 'solana', name: 'Solana Devnet', v1Name: 'solana-devnet', isTest: true },
  { id: SOLANA_TESTNET, family: 'solana', name: 'Solana Testnet', v1Name: 'solana-testnet', isTest: true }
]

/** Networks known by default. */
export const knownNetworks: readonly Network[] = [
  ...evm.map(([chainId, name, v1Name, test]): Network => {
    const id: NetworkId = `eip155:${chainId}`
    return { id, family: 'eip155', name, v1Name, isTest: test && true }
  }),
  ...solana
]
