import type { JsonRpcSigner, NonceManager, Wallet } from 'ethers'
import {
  type Account,
  type Chain,
  createWalletClient,
  type Hex,
  http,
  type Transport,
  type WalletClient
} from 'viem'
import type { LocalAccount, PrivateKeyAccount } from 'viem/accounts'
import { expectTypeOf, it } from 'vitest'
import { createEvmPayer, type EvmAccount, type WalletTypedData } from './index.js'

it("takes viem's accounts and wallet clients as they are", () => {
  expectTypeOf<PrivateKeyAccount>().toExtend<EvmAccount>()
  expectTypeOf<LocalAccount>().toExtend<EvmAccount>()
  expectTypeOf<WalletClient<Transport, Chain, Account>>().toExtend<EvmAccount>()
  const made = (account: PrivateKeyAccount) =>
    createEvmPayer({ account: createWalletClient({ account, transport: http() }) })
  expectTypeOf(made).returns.toHaveProperty('getSettlementStatus')
})

it("takes ethers' signers as they are, and types the parameter of a signer that is written inline", () => {
  expectTypeOf<Wallet>().toExtend<EvmAccount>()
  expectTypeOf<NonceManager>().toExtend<EvmAccount>()
  expectTypeOf<JsonRpcSigner>().toExtend<EvmAccount>()
  const made = (address: Hex) =>
    createEvmPayer({
      account: {
        address,
        async signTypedData(data) {
          expectTypeOf(data).toEqualTypeOf<WalletTypedData>()
          return '0x'
        }
      }
    })
  expectTypeOf(made).toBeFunction()
})

it('does not take a wallet client without an account, or none', () => {
  // @ts-expect-error it does not say who pays
  expectTypeOf<WalletClient>().toExtend<EvmAccount>()
  // @ts-expect-error an account is required
  createEvmPayer({})
})
