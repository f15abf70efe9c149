import {
  type AtomicUsdc,
  BASE,
  type BursarError,
  bursarErrorOf,
  type NetworkId,
  type Payer,
  SOLANA_MAINNET
} from '@bursar/core'
import type { EvmPayer } from '@bursar/evm'
import type { Prepaid } from '@bursar/prepaid'
import type { SolanaPayer } from '@bursar/solana'

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
  const wallets = await Promise.all([
    ...(isEvm(evm) ? [walletOn(BASE, evm, () => evm.gasBalance(BASE))] : []),
    ...(isSolana(solana) ? [walletOn(SOLANA_MAINNET, solana, () => solana.solBalance(SOLANA_MAINNET))] : [])
  ])
  const rows = prepaid.map(async ({ service, prepaid: { network, address, balance } }) => ({
    service,
    network,
    address: await address(),
    ...(await orError(async () => ({ usdc: await balance() })))
  }))
  return { wallets, prepaid: await Promise.all(rows) }
}

async function walletOn(
  network: NetworkId,
  payer: Pick<EvmPayer | SolanaPayer, 'usdcBalance'> & { address(): Promise<string> },
  readGas: () => Promise<bigint>
): Promise<WalletBalance> {
  const address = await payer.address()
  const read = async () => {
    const [usdc, gas] = await Promise.all([payer.usdcBalance(network), readGas()])
    return { usdc, gas }
  }
  return { network, address, ...(await orError(read)) }
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

function isEvm(payer: Payer | undefined): payer is EvmPayer {
  return payer !== undefined && 'usdcBalance' in payer && 'gasBalance' in payer
}

function isSolana(payer: Payer | undefined): payer is SolanaPayer {
  return payer !== undefined && 'usdcBalance' in payer && 'solBalance' in payer
}
