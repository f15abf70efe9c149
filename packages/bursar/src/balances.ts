import {
  type AtomicUsdc,
  BASE,
  type BursarError,
  bursarErrorOf,
  type NetworkId,
  type Payer,
  SOLANA_MAINNET
} from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'

/** What an account has on one network. */
export interface WalletBalance {
  readonly network: NetworkId
  readonly address: string
  /** `1_000_000n = 1 USDC`; absent when the chain could not be asked, and then `error` says so. */
  readonly usdc?: AtomicUsdc
  /** Wei on EVM networks, lamports on Solana. */
  readonly gas?: bigint
  readonly error?: BursarError
}

/** What a prepaid balance holds. */
export interface PrepaidBalance {
  readonly service: string
  readonly network: NetworkId
  readonly address: string
  readonly usdc?: AtomicUsdc
  readonly error?: BursarError
}

/** Everything that there is, and what could not be asked. */
export interface Balances {
  readonly wallets: readonly WalletBalance[]
  readonly prepaid: readonly PrepaidBalance[]
}

/** A prepaid balance and whose service it is at. */
export interface OpenPrepaid {
  readonly service: string
  readonly origin: string
  readonly prepaid: Prepaid
}

/** Asks every chain and every service at once. An outage is told with its row, and is never zero. */
export async function readBalances(
  payerOf: (family: string) => Promise<Payer | undefined>,
  prepaid: readonly OpenPrepaid[]
): Promise<Balances> {
  const [evm, solana] = await Promise.all([payerOf('eip155'), payerOf('solana')])
  const wallets = await Promise.all([walletOn(BASE, evm), walletOn(SOLANA_MAINNET, solana)])
  const rows = prepaid.map(async ({ service, prepaid: { network, address, balance } }) => ({
    service,
    network,
    address: await address(),
    ...(await orError(async () => ({ usdc: await balance() })))
  }))
  return { wallets: wallets.flat(), prepaid: await Promise.all(rows) }
}

/** Nothing where no account pays on the network, or its payer reads no balances. */
async function walletOn(network: NetworkId, payer: Payer | undefined): Promise<WalletBalance[]> {
  const balances = payer?.balances
  if (!payer || !balances) return []
  const row = await orError(async () => {
    const [usdc, gas] = await Promise.all([balances.readUsdc(network), balances.readGas(network)])
    return { usdc, gas }
  })
  return [{ network, address: await payer.address(), ...row }]
}

async function orError<Row>(read: () => Promise<Row>): Promise<Row | { readonly error: BursarError }> {
  try {
    return await read()
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours) return { error: ours }
    throw error
  }
}
