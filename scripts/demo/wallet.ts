import { randomBytes } from 'node:crypto'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import type { BursarOptions, NetworkId } from 'bursar'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

const ONE_USDC = 1_000_000n

/** A fresh wallet with 1 USDC on one chain, and who is paid there. */
export interface Wallet {
  readonly network: NetworkId
  readonly payer: string
  readonly payee: string
  readonly rpcUrl: string
  /** What `createBursar` is given to pay from it. */
  readonly keys: Pick<BursarOptions, 'evm' | 'solana'>
  /** Read from the chain. `1_000_000n = 1 USDC`. */
  balanceOf(address: string): Promise<bigint>
}

/** Makes a wallet on Base. */
export async function onBase(chain: BaseChain, payee: string): Promise<Wallet> {
  const key = generatePrivateKey()
  const payer = privateKeyToAccount(key).address
  await chain.mint(payer, ONE_USDC)
  return {
    network: `eip155:${chain.chainId}`,
    payer,
    payee,
    rpcUrl: chain.rpcUrl,
    keys: { evm: key },
    balanceOf: (address) => chain.balanceOf(address as `0x${string}`)
  }
}

/** Makes a wallet on Solana. */
export async function onSolana(chain: SolanaChain, payee: string): Promise<Wallet> {
  const keypair = Keypair.fromSeed(randomBytes(32))
  const payer = keypair.publicKey.toBase58()
  await chain.mint(payer, ONE_USDC)
  return {
    network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
    payer,
    payee,
    rpcUrl: chain.rpcUrl,
    keys: { solana: keypair },
    balanceOf: chain.balanceOf
  }
}
