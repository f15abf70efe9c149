import type { KeyPairSigner } from '@solana/kit'
import type { Keypair, PublicKey } from '@solana/web3.js'
import type { Account, Chain, LocalAccount, Transport, WalletClient } from 'viem'
import type { SmartAccount } from 'viem/account-abstraction'
import { expectTypeOf, it } from 'vitest'
import type { EvmProofAccount } from './evm-account.js'
import type { SolanaProofAccount } from './solana-account.js'

/** What the wallet adapters of `@solana/wallet-adapter-base` promise. */
interface WalletAdapter {
  readonly publicKey: PublicKey | null
  signMessage(message: Uint8Array): Promise<Uint8Array>
}

it('is whatever signs texts on EVM', () => {
  expectTypeOf<LocalAccount>().toExtend<EvmProofAccount>()
  expectTypeOf<SmartAccount>().toExtend<EvmProofAccount>()
  expectTypeOf<WalletClient<Transport, Chain | undefined, Account>>().toExtend<EvmProofAccount>()
  expectTypeOf<string>().toExtend<EvmProofAccount>()
})

it('is whatever signs texts on Solana', () => {
  expectTypeOf<Keypair>().toExtend<SolanaProofAccount>()
  expectTypeOf<WalletAdapter>().toExtend<SolanaProofAccount>()
  expectTypeOf<KeyPairSigner>().toExtend<SolanaProofAccount>()
  expectTypeOf<string | number[] | Uint8Array>().toExtend<SolanaProofAccount>()
})

it('is nothing that cannot sign', () => {
  // @ts-expect-error a wallet without an account signs for nobody
  expectTypeOf<WalletClient>().toExtend<EvmProofAccount>()
  // @ts-expect-error a public key signs nothing
  expectTypeOf<PublicKey>().toExtend<SolanaProofAccount>()
})
