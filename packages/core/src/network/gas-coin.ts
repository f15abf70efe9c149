import { knownNetworks } from './known-networks.js'
import type { NetworkId } from './network.js'

/** What fees of a network are paid with. */
export interface GasCoin {
  /** Such as `ETH`; `gas` where the network is not known here. */
  readonly symbol: string
  /** 18 on EVM networks: `1_000_000_000_000_000_000n = 1 ETH`. 9 on Solana: `1_000_000_000n = 1 SOL`. */
  readonly decimals: number
}

/** Of the EVM networks that are known here, those whose coin is not ETH. */
const otherCoins: Readonly<Record<string, string>> = {
  'eip155:137': 'POL',
  'eip155:80002': 'POL',
  'eip155:43114': 'AVAX',
  'eip155:43113': 'AVAX',
  'eip155:42220': 'CELO',
  'eip155:11142220': 'S-CELO',
  'eip155:14': 'FLR',
  'eip155:50': 'XDC',
  'eip155:51': 'TXDC',
  'eip155:143': 'MON',
  'eip155:10143': 'MON',
  'eip155:988': 'USDT0',
  'eip155:2201': 'USDT0',
  'eip155:1329': 'SEI',
  'eip155:1328': 'SEI',
  'eip155:1514': 'DATA',
  'eip155:3338': 'PEAQ',
  'eip155:4689': 'IOTX',
  'eip155:31612': 'BTC',
  'eip155:31611': 'BTC',
  'eip155:36900': 'ADI',
  'eip155:38833': 'iKAS',
  'eip155:41923': 'EDU',
  'eip155:723487': 'RUSD',
  'eip155:72344': 'RUSD',
  'eip155:1187947933': 'CREDIT',
  'eip155:324705682': 'CREDIT'
}

/** Names what fees of a network are paid with. */
export function gasCoinOf(network: NetworkId): GasCoin {
  if (network.startsWith('solana:')) return { symbol: 'SOL', decimals: 9 }
  const isKnown = knownNetworks.some(({ id }) => id === network)
  return { symbol: otherCoins[network] ?? (isKnown ? 'ETH' : 'gas'), decimals: 18 }
}
