import {
  type Asset,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET,
  SOLANA_TESTNET,
  type TransferMethod
} from './network.js'

/** A token of an EVM network. What is not said: 6 decimals, EIP-3009, and one unit is one dollar. */
interface EvmToken {
  readonly symbol: string
  /** The EIP-712 domain. Absent where published tables contradict each other: then the contract is asked. */
  readonly domain?: readonly [name: string, version: string]
  readonly decimals?: number
  readonly transfer?: TransferMethod
  readonly currency?: string
}

/** What `name()` of Circle's contract returns differs from network to network. */
const usdCoin: EvmToken = { symbol: 'USDC', domain: ['USD Coin', '2'] }
const usdc: EvmToken = { symbol: 'USDC', domain: ['USDC', '2'] }
const eurc: EvmToken = { symbol: 'EURC', currency: 'EUR' }
const sbc: EvmToken = { symbol: 'SBC', domain: ['Stable Coin', '1'], transfer: 'permit2+eip2612' }
const musd: EvmToken = {
  symbol: 'mUSD',
  domain: ['Mezo USD', '1'],
  decimals: 18,
  transfer: 'permit2+eip2612'
}
const bridged = (name: string, symbol = 'USDC.e'): EvmToken => ({ symbol, domain: [name, '2'] })

/**
 * The tokens of x402's official client, of both versions, Circle's USDC on its other networks, and Circle's EURC.
 * The first of a network is its default.
 *
 * @see https://developers.circle.com/stablecoins/usdc-contract-addresses
 * @see npm `@x402/evm` and `x402`, default assets
 */
const evm: readonly (readonly [chainId: number, address: string, token: EvmToken])[] = [
  [8453, '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', usdCoin],
  [8453, '0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42', { ...eurc, domain: ['EURC', '2'] }],
  [84532, '0x036CbD53842c5426634e7929541eC2318f3dCF7e', usdc],
  [84532, '0x808456652fdb597867f38412077A9182bf77359F', eurc],
  [1, '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', usdCoin],
  [1, '0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c', { ...eurc, domain: ['Euro Coin', '2'] }],
  [11155111, '0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238', usdc],
  [42161, '0xaf88d065e77c8cC2239327C5EDb3A432268e5831', usdCoin],
  [421614, '0x75faf114eafb1BDbe2F0316DF893fd58CE46AA4d', usdCoin],
  [10, '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85', usdCoin],
  [11155420, '0x5fd84259d66Cd46123540766Be93DFE6D43130D7', usdc],
  [137, '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359', usdCoin],
  [80002, '0x41E94Eb019C0762f9Bfcf9Fb1E58725BfB0e7582', usdc],
  [43114, '0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E', usdCoin],
  [43114, '0xC891EB4cbdEFf6e073e859e987815Ed1505c2ACD', eurc],
  [43113, '0x5425890298aed601595a70AB815c96711a31Bc65', usdCoin],
  [42220, '0xcebA9300f2b948710d2653dD7B07f33A8B32118C', usdc],
  [42220, '0x48065fbBE25f71C9282ddf5e1cD6D6A887483D5e', { symbol: 'USDT', domain: ['Tether USD', '1'] }],
  [
    42220,
    '0xD2ab3C9A02DBBAB236BfEC45D1d755DF4267F771',
    { symbol: 'USAT', domain: ['Tether America USD', '1'] }
  ],
  [11142220, '0x01C5C0122039549AD1493B8220cABEdD739BC44E', usdc],
  [130, '0x078D782b760474a361dDA0AF3839290b0EF57AD6', usdc],
  [480, '0x79A02482A880bCE3F13e09Da970dC34db4CD24d1', usdc],
  // The fourth character is the sign of the tugrik.
  [14, '0xe7cd86e13AC4309349F30B3435a9d337750fC82D', { symbol: 'USDT0', domain: ['USD\u20ae0', '1'] }],
  [50, '0xfA2958CB79b0491CC627c1557F441eF849Ca8eb1', usdc],
  [51, '0xb5AB69F7bBada22B28e79C8FFAECe55eF1c771D4', usdc],
  [143, '0x754704Bc059F8C67012fEd69BC8A327a5aafb603', usdc],
  [10143, '0x534b2f3A21130d7a60830c2Df862319e593943A3', usdc],
  [988, '0x779Ded0c9e1022225f8E0630b35a9b54bE713736', { symbol: 'USDT0', domain: ['USDT0', '1'] }],
  [2201, '0x78Cf24370174180738C5B8E352B6D14c83a6c9A9', { symbol: 'USDT0', domain: ['USDT0', '1'] }],
  [1329, '0xe15fC38F6D8c56aF07bbCBe3BAf5708A2Bf42392', usdc],
  [1328, '0x4fCF1784B31630811181f670Aea7A7bEF803eaED', usdc],
  [1514, '0xF1815bd50389c46847f0Bda824eC8da914045D14', bridged('Bridged USDC')],
  [2741, '0x84A71ccD554Cc1b02749b35d22F684CC8ec987e1', bridged('Bridged USDC')],
  [11124, '0xe4C7fBB0a626ed208021ccabA6Be1566905E2dFc', bridged('Bridged USDC')],
  [3338, '0xbbA60da06c2c5424f03f7434542280FCAd453d10', bridged('USDC', 'USDC')],
  [
    4326,
    '0xFAfDdbb3FC7688494971a79cc65DCa3EF82079E7',
    { symbol: 'MegaUSD', domain: ['MegaUSD', '1'], decimals: 18, transfer: 'permit2+eip2612' }
  ],
  [4689, '0xcDf79194C6C285077A58da47641D4dBe51F63542', bridged('Bridged USDC')],
  [31612, '0xdD468A1DDc392dcdbEf6db6e34E89AA338F9F186', musd],
  [31611, '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503', musd],
  [36900, '0x9cb8142aEBBcdc60AF7c97Af897A67A8f3CA71C2', bridged('USDC.e')],
  [
    38833,
    '0xA5b8BF902b2844dA17d4506cc827F7F1681735E7',
    { symbol: 'USDC', domain: ['USDC', '1'], transfer: 'permit2' }
  ],
  [41923, '0x12a272A581feE5577A5dFa371afEB4b2F3a8C2F8', bridged('Bridged USDC (Stargate)')],
  [723487, '0x33ad9e4BD16B69B5BFdED37D8B5D9fF9aba014Fb', sbc],
  [72344, '0x33ad9e4BD16B69B5BFdED37D8B5D9fF9aba014Fb', sbc],
  [190415, '0x401eCb1D350407f13ba348573E5630B83638E30D', bridged('Bridged USDC')],
  [181228, '0x401eCb1D350407f13ba348573E5630B83638E30D', bridged('Bridged USDC')],
  [1187947933, '0x85889c8c714505E0c94b30fcfcF64fE3Ac8FCb20', bridged('Bridged USDC (SKALE Bridge)')],
  [324705682, '0x2e08028E3C4c2356572E096d8EF835cD5C6030bD', bridged('Bridged USDC (SKALE Bridge)')]
]

/** Devnet and testnet have the same. Each has 6 decimals. @see npm `@x402/svm`, default assets */
const solana: readonly (readonly [networks: readonly NetworkId[], symbol: string, mint: string])[] = [
  [[SOLANA_MAINNET], 'USDC', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
  [[SOLANA_MAINNET], 'USDT', 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB'],
  [[SOLANA_MAINNET], 'USDG', '2u1tszSeqZ3qBWF3uNGPFc8TzMk2tdiwknnRMWGWjGWH'],
  [[SOLANA_MAINNET], 'PYUSD', '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo'],
  [[SOLANA_MAINNET], 'CASH', 'CASHx9KJUStyftLFWGvEVf59SGeG9sh5FfcnZMVPCASH'],
  [[SOLANA_MAINNET], 'EURC', 'HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr'],
  [[SOLANA_DEVNET, SOLANA_TESTNET], 'USDC', '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU'],
  [[SOLANA_DEVNET, SOLANA_TESTNET], 'USDG', '4F6PM96JJxngmHnZLBh9n58RH4aTVNWvDs2nuwrT5BP7'],
  [[SOLANA_DEVNET, SOLANA_TESTNET], 'PYUSD', 'CXk2AMBfi3TwaEL2468s6zP8xq9NxTXjp9gjMgzeUynM']
]

/** Tokens known by default. */
export const knownAssets: readonly Asset[] = [
  ...evm.map(([chainId, address, token]): Asset => {
    const { symbol, domain, decimals = 6, transfer, currency = 'USD' } = token
    const asset: Asset = { network: `eip155:${chainId}`, address, symbol, decimals, currency, transfer }
    return domain ? { ...asset, domain: { name: domain[0], version: domain[1] } } : asset
  }),
  ...solana.flatMap(([networks, symbol, address]) =>
    networks.map((network): Asset => {
      const currency = symbol === 'EURC' ? 'EUR' : 'USD'
      return { network, address, symbol, decimals: 6, currency }
    })
  )
]
