import { type NetworkId, SOLANA_DEVNET, SOLANA_MAINNET, SOLANA_TESTNET } from '@bursar/core'

/** The explorers of EVM networks, as viem's chains have them. */
const evmExplorers: Readonly<Partial<Record<NetworkId, string>>> = {
  'eip155:8453': 'https://basescan.org',
  'eip155:84532': 'https://sepolia.basescan.org',
  'eip155:1': 'https://etherscan.io',
  'eip155:11155111': 'https://sepolia.etherscan.io',
  'eip155:42161': 'https://arbiscan.io',
  'eip155:421614': 'https://sepolia.arbiscan.io',
  'eip155:10': 'https://optimistic.etherscan.io',
  'eip155:11155420': 'https://optimism-sepolia.blockscout.com',
  'eip155:137': 'https://polygonscan.com',
  'eip155:80002': 'https://amoy.polygonscan.com',
  'eip155:43114': 'https://snowtrace.io',
  'eip155:43113': 'https://testnet.snowtrace.io',
  'eip155:42220': 'https://celoscan.io',
  'eip155:130': 'https://uniscan.xyz',
  'eip155:480': 'https://worldscan.org',
  'eip155:14': 'https://flare-explorer.flare.network',
  'eip155:50': 'https://xdcscan.com',
  'eip155:143': 'https://monadscan.com',
  'eip155:1329': 'https://seiscan.io',
  'eip155:2741': 'https://abscan.org',
  'eip155:11124': 'https://sepolia.abscan.org',
  'eip155:11142220': 'https://celo-sepolia.blockscout.com',
  'eip155:51': 'https://testnet.xdcscan.com',
  'eip155:10143': 'https://testnet.monadexplorer.com',
  'eip155:988': 'https://stablescan.xyz',
  'eip155:2201': 'https://testnet.stablescan.xyz',
  'eip155:1328': 'https://testnet.seiscan.io',
  'eip155:4326': 'https://mega.etherscan.io',
  'eip155:4689': 'https://iotexscan.io',
  'eip155:31612': 'https://explorer.mezo.org',
  'eip155:31611': 'https://explorer.test.mezo.org',
  'eip155:41923': 'https://explorer.educhain.xyz',
  'eip155:1187947933': 'https://skale-base-explorer.skalenodes.com',
  'eip155:324705682': 'https://base-sepolia-testnet-explorer.skalenodes.com'
}

const SOLANA_EXPLORER = 'https://explorer.solana.com'
const solanaQueries: Readonly<Partial<Record<NetworkId, string>>> = {
  [SOLANA_MAINNET]: '',
  [SOLANA_DEVNET]: '?cluster=devnet',
  [SOLANA_TESTNET]: '?cluster=testnet'
}

/** What a page of an explorer is about. */
export type ExplorerPage = 'tx' | 'address'

/** Such as a transaction: it holds no character that ends a path. */
const plain = /^[0-9A-Za-z]+$/

/** The page of a transaction or an address at the explorer of its network, where one is known. */
export function explorerLink(network: NetworkId, page: ExplorerPage, id: string): string | undefined {
  if (!plain.test(id)) return undefined
  const base = evmExplorers[network]
  if (base !== undefined) return `${base}/${page}/${id}`
  const query = solanaQueries[network]
  return query === undefined ? undefined : `${SOLANA_EXPLORER}/${page}/${id}${query}`
}
