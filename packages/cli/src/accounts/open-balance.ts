import type { Prepaid } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createVenice } from 'bursar/venice'
import type { CommandContext } from '../context.js'
import { checkUsage } from '../usage-error.js'
import { serviceEndpoint } from './service-endpoint.js'

/** Which prepaid balance a verb is about. */
export interface BalanceOptions {
  readonly service: 'katana' | 'venice'
  readonly url?: string
}

/** The prepaid balance at a service. @throws {UsageError} when there is no account on the network. */
export function openBalance(
  { env }: CommandContext,
  bursar: Bursar,
  { service, url }: BalanceOptions
): Prepaid {
  const endpoint = serviceEndpoint(env, service, url)
  return checkUsage(() => {
    if (service === 'venice') return createVenice(bursar, endpoint).balance
    return createKatana(bursar, endpoint).balance
  })
}
