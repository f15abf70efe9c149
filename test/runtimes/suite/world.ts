/** What a runtime is given: where the local stack is. */
export interface World {
  readonly gatewayUrl: string
  readonly rpcUrls: Readonly<Record<string, string>>
  /** Makes wallets, and says what the chains have settled of them. */
  readonly controlUrl: string
  /** Whether the runtime has files, and with them the default ledger and downloads. */
  readonly hasFiles: boolean
  /** A folder of its own. Empty where there are no files. */
  readonly folder: string
}

/** A wallet on each chain, with 5 USDC. */
export interface Wallet {
  readonly id: string
  readonly evm: `0x${string}`
  readonly solana: string
}

/** Has a wallet made that nobody else uses. */
export async function newWallet({ controlUrl }: World): Promise<Wallet> {
  return (await fetch(`${controlUrl}/wallets`, { method: 'POST' })).json()
}

/** The chains of the payments of a wallet that have settled, one for each payment. */
export async function paymentsOf({ controlUrl }: World, { id }: Wallet): Promise<string> {
  const payments: readonly { chain: string }[] = await (await fetch(`${controlUrl}/wallets/${id}`)).json()
  return payments
    .map(({ chain }) => chain)
    .sort()
    .join(' ')
}
