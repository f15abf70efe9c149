import type { AtomicUsdc } from '@bursar/core'
import type { Prepaid } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createVenice } from 'bursar/venice'
import type { CommandContext } from '../context.js'
import { checkUsage } from '../usage-error.js'
import { chooseBalanceNetwork } from './balance-network.js'
import { serviceEndpoint } from './service-endpoint.js'

/** Which prepaid balance a verb is about. */
export interface BalanceOptions {
  readonly service: 'katana' | 'venice'
  readonly url?: string
}

/** Who uses it, and for what. */
interface Use {
  readonly bursar: Bursar
  /** What it is to be topped up with. Absent: it is read or spent. */
  readonly atLeast?: AtomicUsdc
}

/** The prepaid balance at a service. @throws {UsageError} when there is no account on the network. */
export async function openBalance(
  { env }: CommandContext,
  { bursar, atLeast }: Use,
  { service, url }: BalanceOptions
): Promise<Prepaid> {
  const endpoint = serviceEndpoint(env, service, url)
  if (service === 'venice') return checkUsage(() => createVenice(bursar, endpoint).balance)
  const network = await chooseBalanceNetwork(bursar, endpoint, { atLeast })
  return checkUsage(() => createKatana(bursar, { ...endpoint, network }).balance)
}
