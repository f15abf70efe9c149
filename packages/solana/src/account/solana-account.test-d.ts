import type { KeyPairSigner, TransactionModifyingSigner, TransactionPartialSigner } from '@solana/kit'
import type { Keypair, PublicKey, Transaction, VersionedTransaction } from '@solana/web3.js'
import { expectTypeOf, it } from 'vitest'
import type { SolanaAccount } from './solana-account.js'

/** What the wallet adapters of `@solana/wallet-adapter-base` and Anchor's `Wallet` promise. */
interface WalletAdapter {
  readonly publicKey: PublicKey | null
  signTransaction<Any extends Transaction | VersionedTransaction>(transaction: Any): Promise<Any>
}

it('is whatever signs on Solana', () => {
  expectTypeOf<Keypair>().toExtend<SolanaAccount>()
  expectTypeOf<WalletAdapter>().toExtend<SolanaAccount>()
  expectTypeOf<KeyPairSigner>().toExtend<SolanaAccount>()
  expectTypeOf<TransactionPartialSigner>().toExtend<SolanaAccount>()
  expectTypeOf<TransactionModifyingSigner>().toExtend<SolanaAccount>()
  expectTypeOf<string | number[] | Uint8Array>().toExtend<SolanaAccount>()
})

it('is nothing that cannot sign', () => {
  // @ts-expect-error a public key signs nothing
  expectTypeOf<PublicKey>().toExtend<SolanaAccount>()
  // @ts-expect-error a wallet must sign transactions
  expectTypeOf<{ publicKey: PublicKey; signMessage(): Promise<Uint8Array> }>().toExtend<SolanaAccount>()
})
