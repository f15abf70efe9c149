import type { BursarEvent } from '@bursar/fetch'
import { networkName } from './network-name.js'

/** A balance that fell below what the policy names, in a few words: whose, what is left, and below what. */
export function lowBalanceText({
  host,
  account = '',
  network,
  amount = '',
  below = ''
}: BursarEvent): string {
  const place = network === undefined ? '' : ` on ${networkName(network)}`
  const whose =
    host === undefined ? `the wallet ${account}${place}` : `the prepaid balance at ${host}${place}`
  return `${amount} USDC left of ${whose}, below ${below}`
}
