import type { AccountMeter } from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import { createMeteredFetch, type MeteredFetch } from '../../shared/metering/metered-fetch.js'
import { outputLimitFor } from '../pricing/estimate.js'
import type { KatanaPrices } from '../pricing/katana-prices.js'
import { katanaPricingRule } from '../pricing/pricing-rule.js'

/** What a metered balance is made from. */
export interface BalanceMeteringOptions extends KatanaPrices {
  readonly balance: Prepaid
  readonly meter: AccountMeter
  /** Where Katana's paths begin. */
  readonly apiUrl: URL
}

/**
 * Builds the fetch that enters in the ledger what each call takes from a balance, with its model, tokens and labels, and
 * holds it to the limits of its labels before it is sent.
 *
 * The fetch throws `price/unknown` where no bound is known of what the service can take.
 */
export function meterBalance(options: BalanceMeteringOptions): MeteredFetch {
  const { balance, meter, apiUrl, ...known } = options
  const { fetch, receiptOf } = createMeteredFetch({
    service: 'katana',
    apiUrl,
    fetch: balance.fetch,
    meter,
    labels: {},
    billing: 'wallet',
    pricing: katanaPricingRule(known),
    outputLimit: outputLimitFor(known.catalogue)
  })
  // Of another origin the balance says that its proof goes there never.
  const isKatana = (url: string): boolean => new URL(url).origin === apiUrl.origin
  return { receiptOf, fetch: (url, init) => (isKatana(url) ? fetch : balance.fetch)(url, init) }
}
