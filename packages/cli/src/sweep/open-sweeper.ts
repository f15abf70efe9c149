import {
  BASE,
  BASE_SEPOLIA,
  findNetwork,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET,
  type Sweeper
} from '@bursar/core'
import { type Chain, formatKey, type KeptKey } from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { commandPolicy, type PolicyContext } from '../policy/command-policy.js'
import { UsageError } from '../usage-error.js'
import { openKeyStore, openWallet } from '../wallet/wallet-keys.js'

/** An account that is swept. */
export interface SweptAccount {
  readonly wallet: string
  readonly key: KeptKey
  /** The wallet that pays the fees; absent: the account itself. */
  readonly gasFrom: string | undefined
}

/** The chain that an address is of, by its looks. */
export function chainOf(address: string): Chain {
  return /^0x/i.test(address) ? 'evm' : 'solana'
}

/** The networks of a chain that are swept: those that are asked for, else the main one and those with an endpoint of their own. */
export function networksOf(context: PolicyContext, chain: Chain): readonly NetworkId[] {
  const family = chain === 'evm' ? 'eip155:' : 'solana:'
  const { allow, rpcUrls } = commandPolicy(context).policy
  const asked = allow?.networks
  const main = asked === 'testnet' ? mains.test[chain] : mains.real[chain]
  const all = typeof asked === 'object' ? asked : [main, ...Object.keys(rpcUrls ?? {}).filter(isNetworkId)]
  const networks = [...new Set(all)].filter((network) => network.startsWith(family))
  return asked === 'testnet' ? networks.filter((network) => findNetwork(network)?.isTest) : networks
}

const mains = {
  real: { evm: BASE, solana: SOLANA_MAINNET },
  test: { evm: BASE_SEPOLIA, solana: SOLANA_DEVNET }
} as const

function isNetworkId(text: string): text is NetworkId {
  return text.includes(':')
}

/** Opens what moves an account's money. It asks for the passphrases that it needs. @throws {UsageError} */
export async function openSweeper(
  context: CommandContext,
  { wallet, key, gasFrom }: SweptAccount
): Promise<Sweeper> {
  const account = await keyOf(context, wallet, key.chain)
  const gasAccount = gasFrom === undefined ? undefined : await keyOf(context, gasFrom, key.chain)
  const options = { account, gasAccount, rpcUrls: commandPolicy(context).policy.rpcUrls }
  if (key.chain === 'solana') return (await import('@bursar/solana/sweep')).createSolanaSweeper(options)
  return (await import('@bursar/evm/sweep')).createEvmSweeper(options)
}

async function keyOf(context: CommandContext, wallet: string, chain: Chain): Promise<string> {
  const keys = await openWallet(context, openKeyStore(context), wallet)
  const key = keys.find((each) => each.chain === chain)
  if (!key) throw new UsageError(`The wallet ${wallet} has no key for ${chain}`)
  return formatKey(key)
}
