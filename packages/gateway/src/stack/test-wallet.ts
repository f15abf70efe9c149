import type { RandomBytes } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { type Address, type Hex, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A wallet of the stack, with money that is worth nothing elsewhere. */
export interface TestWallet {
  readonly address: string
  /** Base: 32 bytes in hex. Solana: 64 bytes in base58. */
  readonly privateKey: string
  /** USDC on its chain. `1_000_000n = 1 USDC`. */
  balance(): Promise<bigint>
}

/** Makes a wallet on Base, with USDC and ETH. */
export async function baseWallet(
  chain: BaseChain,
  fundsAtomic: bigint,
  random: RandomBytes
): Promise<TestWallet & { readonly address: Address; readonly privateKey: Hex }> {
  const privateKey = toHex(random(32))
  const { address } = privateKeyToAccount(privateKey)
  await Promise.all([chain.mint(address, fundsAtomic), chain.fundGas(address)])
  return { address, privateKey, balance: () => chain.balanceOf(address) }
}

/** Makes a wallet on Solana, with USDC and SOL. */
export async function solanaWallet(
  chain: SolanaChain,
  fundsAtomic: bigint,
  random: RandomBytes
): Promise<TestWallet> {
  const { publicKey, secretKey } = Keypair.fromSeed(random(32))
  const address = publicKey.toBase58()
  await Promise.all([chain.mint(address, fundsAtomic), chain.fundSol(address)])
  return { address, privateKey: bs58.encode(secretKey), balance: () => chain.balanceOf(address) }
}
