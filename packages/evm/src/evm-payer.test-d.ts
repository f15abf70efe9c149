import { type Account, type Chain, createWalletClient, http, type Transport, type WalletClient } from 'viem'
import type { LocalAccount, PrivateKeyAccount } from 'viem/accounts'
import { expectTypeOf, it } from 'vitest'
import { createEvmPayer, type EvmAccount } from './index.js'

it("takes viem's accounts and wallet clients as they are", () => {
  expectTypeOf<PrivateKeyAccount>().toExtend<EvmAccount>()
  expectTypeOf<LocalAccount>().toExtend<EvmAccount>()
  expectTypeOf<WalletClient<Transport, Chain, Account>>().toExtend<EvmAccount>()
  const made = (account: PrivateKeyAccount) =>
    createEvmPayer({ account: createWalletClient({ account, transport: http() }) })
  expectTypeOf(made).returns.toHaveProperty('getSettlementStatus')
})

it('does not take a wallet client without an account, or none', () => {
  // @ts-expect-error it does not say who pays
  expectTypeOf<WalletClient>().toExtend<EvmAccount>()
  // @ts-expect-error an account is required
  createEvmPayer({})
})
