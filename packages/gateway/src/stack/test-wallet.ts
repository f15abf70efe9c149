import type { RandomBytes } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import { type Address, type Hex, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A payment of a wallet that has settled. */
export interface TestPayment {
  readonly transaction: string
  /** The chain's name: `Base` or `Solana`. */
  readonly chain: string
  /** Who was paid. */
  readonly to: string
  /** `1_000_000n = 1 USDC` */
  readonly amountAtomic: bigint
  /** The time of its block, in seconds since 1970, where the chain's node says it. */
  readonly settledAtSeconds?: number
}

/** A wallet of a stack. Its money is worth nothing elsewhere. */
export interface TestWallet {
  readonly address: string
  /** Base: 32 bytes in hex. Solana: 64 bytes in base58. */
  readonly privateKey: string
  /** Its USDC. `1_000_000n = 1 USDC`. */
  balance(): Promise<bigint>
  /** The payments that have settled, oldest first, as the chain has them. */
  payments(): Promise<readonly TestPayment[]>
}

/** A wallet on Base. */
export interface BaseTestWallet extends TestWallet {
  readonly address: Address
  readonly privateKey: Hex
}

/** What a new wallet is made with. */
export interface WalletFunds {
  readonly amountAtomic: bigint
  readonly random: RandomBytes
}

/** Makes a wallet on Base, with USDC and ETH. */
export async function createBaseWallet(chain: BaseChain, funds: WalletFunds): Promise<BaseTestWallet> {
  const privateKey = toHex(funds.random(32))
  const { address } = privateKeyToAccount(privateKey)
  const { amountAtomic } = funds
  // FiatToken rejects a mint of nothing.
  const minted = amountAtomic > 0n ? chain.mint(address, amountAtomic) : undefined
  await Promise.all([minted, chain.fundGas(address)])
  return {
    address,
    privateKey,
    balance: () => chain.balanceOf(address),
    payments: () => basePayments(chain, address)
  }
}

async function basePayments(chain: BaseChain, address: Address): Promise<readonly TestPayment[]> {
  const transfers = await chain.transfersFrom(address)
  return transfers.map((transfer) => ({ ...transfer, chain: 'Base' }))
}
