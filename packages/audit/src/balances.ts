import {
  type AtomicUsdc,
  type BursarError,
  type BursarParts,
  bursarErrorOf,
  checkObject,
  checkOptions,
  type HasPrepaidAccount,
  listOf,
  loggable,
  type NetworkId,
  type OptionChecks
} from '@bursar/core'
import { familyOf } from './audit-parts.js'
import { type DistinctAccount, distinctAccounts } from './distinct-accounts.js'

/** Whose prepaid balances are read beside the wallets. */
export interface BalancesQuery {
  /**
   * Services that keep prepaid balances. One that is given twice is listed once. Default: none.
   *
   * @example { prepaid: [katana, venice] }
   */
  readonly prepaid?: readonly HasPrepaidAccount[] | undefined
}

const balancesChecks: OptionChecks<BalancesQuery> = { prepaid: listOf(checkObject) }

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
  readonly origin: string
  readonly network: NetworkId
  /** The wallet; absent when it signs payments only, and proves no balance. */
  readonly address?: string
  /** `1_000_000n = 1 USDC`; absent when the service could not be asked, and then `error` says so. */
  readonly usdc?: AtomicUsdc
  readonly error?: BursarError
}

/** The balances, and the errors of those that could not be read. */
export interface Balances {
  readonly wallets: readonly WalletBalance[]
  readonly prepaid: readonly PrepaidBalance[]
}

/** Asks every chain and every service at once. An outage is reported in its row, and is never zero. */
export async function readBalances(
  parts: Pick<BursarParts, 'networks' | 'payerOf' | 'balanceWatch'>,
  query: BalancesQuery = {}
): Promise<Balances> {
  checkOptions(query, balancesChecks)
  const { prepaid = [] } = query
  const accounts = await distinctAccounts(prepaid)
  const [wallets, balances] = await Promise.all([
    Promise.all(parts.networks.map((network) => readWallet(network, parts))),
    Promise.all(accounts.map(readPrepaid))
  ])
  return loggable({ wallets: wallets.flat(), prepaid: balances })
}

/** Nothing where the payer of the network reads no balances. */
async function readWallet(
  network: NetworkId,
  { payerOf, balanceWatch }: Pick<BursarParts, 'payerOf' | 'balanceWatch'>
): Promise<readonly WalletBalance[]> {
  const payer = await payerOf(familyOf(network))
  const { balances } = payer ?? {}
  if (!payer || !balances) return []
  const row = await orError(async () => {
    const [usdc, gas] = await Promise.all([balances.readUsdc(network), balances.readGas(network)])
    return { usdc, gas }
  })
  const address = await payer.address()
  if ('usdc' in row) balanceWatch?.saw({ network, account: address }, row.usdc)
  return [{ network, address, ...row }]
}

async function readPrepaid({ account, address }: DistinctAccount): Promise<PrepaidBalance> {
  const { service, origin, network } = account
  const about = { service, origin, network, ...(address === undefined ? {} : { address }) }
  return { ...about, ...(await orError(async () => ({ usdc: await account.balance() }))) }
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
