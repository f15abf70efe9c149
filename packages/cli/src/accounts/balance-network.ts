import type { WalletBalance } from '@bursar/audit'
import {
  type AtomicUsdc,
  atomicUsdc,
  balanceNetwork,
  type NetworkId,
  partsOf,
  TOP_UP_LABEL,
  within
} from '@bursar/core'
import type { Bursar } from 'bursar'
import { KATANA_URL, type ServiceEndpoint } from './service-endpoint.js'

/** How many of the newest purchases are looked through: the record may be longer than anybody waits for. */
const LOOKED_THROUGH = 1000

/** What the balance is chosen for. */
interface Choosing {
  /** What it is to be topped up with: a network on which the account holds that much comes first. */
  readonly atLeast?: AtomicUsdc | undefined
  /** How long the chains are waited for. Default: as long as they are in any call. */
  readonly withinMs?: number
}

/** Whoever starts a server waits no longer for it: a host of tools gives it some ten seconds in all. */
export const SERVER_START_MS = 2_000

/**
 * The network whose prepaid balance at Katana is used where the command line and the policy leave several: that which was
 * topped up or spent last, unless the account is known to hold too little there, else the first on which it holds money. Who has
 * money on Solana alone need not say so.
 *
 * @returns nothing where there is one network only, or none is known to be better than another.
 */
export async function chooseBalanceNetwork(
  bursar: Bursar,
  { baseUrl = KATANA_URL }: ServiceEndpoint,
  { atLeast, withinMs }: Choosing = {}
): Promise<NetworkId | undefined> {
  const networks = firstOfEachFamily(partsOf(bursar).networks)
  if (networks.length < 2) return undefined
  const last = await lastUsed(bursar, networks, new URL(baseUrl).origin)
  if (last !== undefined && atLeast === undefined) return last
  const wallets = await readWallets(bursar, withinMs)
  /** Nothing where the chain could not be asked. */
  const holds = (network: NetworkId): boolean | undefined => {
    const { usdc } = wallets.find((wallet) => wallet.network === network) ?? {}
    return usdc === undefined ? undefined : usdc >= (atLeast ?? SMALLEST)
  }
  return last !== undefined && holds(last) !== false ? last : (networks.find(holds) ?? last)
}

const SMALLEST = atomicUsdc(1n)

/** Chains that say nothing in time are as chains that cannot be read. */
async function readWallets(bursar: Bursar, ms: number | undefined): Promise<readonly WalletBalance[]> {
  const read = bursar.balances().then(({ wallets }) => wallets)
  if (ms === undefined) return read
  const late = () => new TypeError('The chains say nothing')
  return within(read, { ms, clock: partsOf(bursar).clock, late }).catch(() => [])
}

/** A service takes top-ups on one network of each family: the first, as where none is chosen. */
function firstOfEachFamily(networks: readonly NetworkId[]): readonly NetworkId[] {
  const familyOf = (network: NetworkId): string => network.slice(0, network.indexOf(':'))
  return networks.filter(
    (network, at) => networks.findIndex((each) => familyOf(each) === familyOf(network)) === at
  )
}

/** As the record has it: the network of the newest top-up at an origin, or of what its balance paid. */
async function lastUsed(
  bursar: Bursar,
  networks: readonly NetworkId[],
  origin: string
): Promise<NetworkId | undefined> {
  let count = 0
  for await (const { labels, offer, origin: paid, kind } of bursar.history({ state: 'settled' })) {
    const found = networks.find(
      (network) =>
        (labels[TOP_UP_LABEL] === origin && offer.network === network) ||
        (kind === 'balance' && paid === origin && offer.network === balanceNetwork(network))
    )
    if (found !== undefined) return found
    count++
    if (count === LOOKED_THROUGH) return undefined
  }
  return undefined
}
