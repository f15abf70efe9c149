/**
 * Pays from an account that Coinbase's Developer Platform keeps.
 *
 * ```ts
 * import { CdpClient } from '@coinbase/cdp-sdk'
 * const evm = await cdpAccount(new CdpClient(), 'my-agent')
 * const bursar = createBursar({ evm, limits: { payment: '0.25' } })
 * ```
 */
import type { TypedDataSigner, WalletTypedData } from 'bursar'
import type { Address, Hex } from 'viem'

/** The part of `CdpClient` that is used. */
export interface CdpClient {
  readonly evm: {
    getOrCreateAccount(options: { readonly name: string }): Promise<{
      readonly address: Address
      signTypedData(data: WalletTypedData): Promise<Hex>
    }>
  }
}

/** The account of a name, which is created when it is first asked for. It signs typed data as it is. */
export async function cdpAccount(client: CdpClient, name: string): Promise<TypedDataSigner> {
  const account = await client.evm.getOrCreateAccount({ name })
  return { address: account.address, signTypedData: (data) => account.signTypedData(data) }
}
