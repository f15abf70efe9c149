import type { RandomBytes } from '@bursar/core'
import { keypairOfSeed, type SolanaChain } from '@bursar/localchain/solana'
import bs58 from 'bs58'
import type { TestPayment, TestWallet, WalletFunds } from './test-wallet.js'

/** Makes a wallet on Solana, with USDC and SOL. */
export async function createSolanaWallet(chain: SolanaChain, funds: WalletFunds): Promise<TestWallet> {
  const { publicKey, secretKey } = keypairOfSeed(funds.random(32))
  const address = publicKey.toBase58()
  await Promise.all([chain.setBalance(address, funds.amountAtomic), chain.fundSol(address)])
  return {
    address,
    privateKey: bs58.encode(secretKey),
    balance: () => chain.balanceOf(address),
    payments: () => solanaPayments(chain, address)
  }
}

/** Makes an account that can receive USDC on Solana, so that a gateway need not wait for a block to make it. */
export async function createSolanaPayee(chain: SolanaChain, random: RandomBytes): Promise<Uint8Array> {
  const { publicKey, secretKey } = keypairOfSeed(random(32))
  await chain.setBalance(publicKey.toBase58(), 0n)
  return secretKey
}

async function solanaPayments(chain: SolanaChain, address: string): Promise<readonly TestPayment[]> {
  const newestFirst = await chain.settledTransfers(address)
  return newestFirst
    .toReversed()
    .flatMap(({ transaction, to = '', balances: [before, after], settledAtSeconds }) => {
      const amountAtomic = before - after
      if (amountAtomic <= 0n) return []
      const time = settledAtSeconds === undefined ? {} : { settledAtSeconds }
      return [{ transaction, chain: 'Solana', to, amountAtomic, ...time }]
    })
}
