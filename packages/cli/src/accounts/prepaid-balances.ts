import {
  BASE,
  findNetwork,
  type HasPrepaidAccount,
  type HistoryQuery,
  type NetworkId,
  type Purchase,
  partsOf,
  SOLANA_MAINNET
} from '@bursar/core'
import type { Bursar } from 'bursar'

/** Where a prepaid balance may be. */
interface BalancePlace {
  readonly service: 'katana' | 'venice'
  /** Default: the service's own address. */
  readonly baseUrl?: string
  readonly network: NetworkId
}

/** The prepaid balances that are looked at. */
export interface FoundBalances {
  readonly accounts: readonly HasPrepaidAccount[]
  /** Whether a balance was topped up from here: one that cannot be read is a failure then. */
  isToppedUp(balance: { readonly origin: string; readonly network: NetworkId }): boolean
}

const QUARTER_MS = 90 * 86_400_000
const katanaPath = '/v1/x402/top-up'
const venicePath = '/api/v1/x402/top-up'

/**
 * Katana's balance of each account, wherever it was topped up, and every other that was topped up within the last three
 * months, as the record has it.
 */
export async function findPrepaid(
  bursar: Bursar,
  { nowMs, katanaUrl }: { readonly nowMs: number; readonly katanaUrl: string | undefined }
): Promise<FoundBalances> {
  const toppedUp = await placesToppedUp(bursar, nowMs)
  const { networks } = partsOf(bursar)
  const katana = networks.filter(isKatanas).map(
    (network): BalancePlace => ({
      service: 'katana',
      network,
      ...(katanaUrl === undefined ? {} : { baseUrl: katanaUrl })
    })
  )
  const openAll = async (places: readonly BalancePlace[]): Promise<readonly HasPrepaidAccount[]> =>
    (await Promise.all(places.map((place) => open(bursar, place)))).flat()
  const known = await openAll(toppedUp)
  return {
    accounts: [...known, ...(await openAll(katana))],
    isToppedUp: ({ origin, network }) =>
      known.some(({ balance }) => balance.origin === origin && balance.network === network)
  }
}

async function placesToppedUp(bursar: Bursar, nowMs: number): Promise<readonly BalancePlace[]> {
  const query: HistoryQuery = { fromMs: nowMs - QUARTER_MS, state: 'settled' }
  const found = new Map<string, BalancePlace>()
  const isTest = isTestMoney(partsOf(bursar).networks)
  const isOpenHere = ({ offer }: Purchase): boolean => Boolean(offer.isTest) === isTest
  for await (const purchase of bursar.history(query)) {
    const place = isOpenHere(purchase) ? parseTopUp(purchase) : undefined
    if (place) found.set(JSON.stringify(place), place)
  }
  return [...found.values()]
}

/** Where Katana itself takes top-ups. */
function isKatanas(network: NetworkId): boolean {
  return network === BASE || network === SOLANA_MAINNET
}

/** Whether only test money is looked at: its balances are apart from all others. */
function isTestMoney(networks: readonly NetworkId[]): boolean {
  return networks.length > 0 && networks.every((network) => findNetwork(network)?.isTest)
}

async function open(
  bursar: Bursar,
  { service, network, ...endpoint }: BalancePlace
): Promise<readonly HasPrepaidAccount[]> {
  try {
    if (service === 'venice') return [(await import('bursar/venice')).createVenice(bursar, endpoint)]
    const { createKatanaBalance } = await import('@bursar/generation/katana-balance')
    return [createKatanaBalance(bursar, { ...endpoint, network })]
  } catch (error) {
    // There is no account on that network, or it is not used now.
    if (error instanceof TypeError) return []
    throw error
  }
}

function parseTopUp({ labels, origin, path, offer: { network } }: Purchase): BalancePlace | undefined {
  if (labels['top-up'] === undefined) return undefined
  if (path.endsWith(venicePath))
    return { service: 'venice', baseUrl: origin + path.slice(0, -venicePath.length), network: BASE }
  if (!path.endsWith(katanaPath)) return undefined
  return { service: 'katana', baseUrl: origin + path.slice(0, -katanaPath.length), network }
}
