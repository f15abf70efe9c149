import {
  checkHttpUrl,
  checkNetworkId,
  checkOptions,
  type HasPrepaidAccount,
  type NetworkId,
  type OptionChecks,
  type PrepaidAccount,
  partsOf,
  type ServiceBursar
} from '@bursar/core'
import { createPrepaid } from '@bursar/prepaid'
import { parseBaseUrl } from '../../shared/service/origin.js'
import { KATANA_URL } from '../katana-url.js'
import { openWallet } from '../open-wallet.js'
import { katanaBalance } from './katana-balance.js'

/** Where a balance is, and whose. */
export interface KatanaBalanceOptions {
  /**
   * Where Katana is. Must be https; this machine may be http. Default: `https://kat.imgnai.com`.
   *
   * @example { baseUrl: gateway.url }
   */
  readonly baseUrl?: string | undefined
  /**
   * From which network it is topped up: Base, or Solana's mainnet. Default: Base, as far as there is an EVM account.
   *
   * @example { network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' }
   */
  readonly network?: NetworkId | undefined
}

const balanceChecks: OptionChecks<KatanaBalanceOptions> = { baseUrl: checkHttpUrl, network: checkNetworkId }

/**
 * The prepaid balance at imgnAI Katana, to be looked at: as that of `createKatana`, without what pays or spends, so that
 * nothing of images, videos and texts is loaded.
 *
 * @example
 * ```ts
 * const { prepaid } = await bursar.balances({ prepaid: [createKatanaBalance(bursar)] })
 * ```
 * @throws {TypeError} when an option is malformed, or there is no account on the network.
 */
export function createKatanaBalance(
  bursar: ServiceBursar,
  options: KatanaBalanceOptions = {}
): HasPrepaidAccount {
  checkOptions(options, balanceChecks)
  const { origin, href } = parseBaseUrl(options.baseUrl ?? KATANA_URL)
  const { network, proves: wallet } = openWallet(partsOf(bursar), origin, options.network)
  const prepaid = createPrepaid(bursar, { service: katanaBalance, baseUrl: href, network, wallet })
  const { service, address, balance, isTopUp, transactions, isCreditOf } = prepaid
  const looked = { service, origin, network, address, balance, isTopUp, transactions, isCreditOf }
  return Object.freeze({ balance: Object.freeze<PrepaidAccount>(looked) })
}
