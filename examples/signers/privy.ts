/**
 * Pays from a server wallet of Privy.
 *
 * ```ts
 * import { PrivyClient } from '@privy-io/node'
 * const privy = new PrivyClient({ appId, appSecret })
 * const evm = privyAccount(privy, await privy.wallets().get(walletId))
 * const bursar = createBursar({ evm, limits: { payment: '0.25' } })
 * ```
 */
import type { TypedDataSigner, WalletTypedData } from 'bursar'
import { isAddress, isHex } from 'viem'

/** Typed data as Privy's API spells it. */
interface PrivyTypedData extends Omit<WalletTypedData, 'primaryType'> {
  readonly primary_type: string
}

/** The part of `PrivyClient` that is used. */
export interface PrivyClient {
  wallets(): {
    ethereum(): {
      signTypedData(
        walletId: string,
        input: { readonly params: { readonly typed_data: PrivyTypedData } }
      ): Promise<{ readonly signature: string }>
    }
  }
}

/** @param wallet its id and address, as `privy.wallets().get(id)` returns them. */
export function privyAccount(
  client: PrivyClient,
  wallet: { readonly id: string; readonly address: string }
): TypedDataSigner {
  const { id, address } = wallet
  if (!isAddress(address)) throw new TypeError('The Privy wallet must be one of Ethereum')
  return {
    address,
    async signTypedData({ primaryType, ...data }) {
      const typedData = { ...data, primary_type: primaryType }
      const { signature } = await client
        .wallets()
        .ethereum()
        .signTypedData(id, { params: { typed_data: typedData } })
      if (!isHex(signature)) throw new TypeError('Privy returned no signature')
      return signature
    }
  }
}
