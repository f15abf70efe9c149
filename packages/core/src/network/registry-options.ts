import {
  type OptionCheck,
  type OptionChecks,
  optionsOf,
  recordOf,
  unchecked
} from '../options/check-options.js'
import {
  checkFlag,
  checkNetworkId,
  checkRate,
  checkText,
  listOf,
  oneOf,
  wholeNumberFrom
} from '../options/option-checks.js'
import type { Asset, Network } from './network.js'

/** What a user adds to the networks and assets known by default. */
export interface RegistryAdditions {
  /**
   * Networks beyond those of x402's official client. Default: none.
   *
   * @example { networks: [{ id: 'eip155:31337', family: 'eip155', name: 'Local', isTest: true }] }
   */
  readonly networks?: readonly Network[]
  /**
   * Tokens beyond those of x402's official client. One with `currency: 'USD'` counts as one dollar a unit, any other by the
   * rate of its symbol in `rates`. Default: none.
   *
   * @example { assets: [{ network: 'eip155:8453', address: '0x…', symbol: 'USDX', decimals: 6, currency: 'USD' }] }
   */
  readonly assets?: readonly Asset[]
}

/** The `known` option, which many functions share. */
export interface RegistryOptions {
  /**
   * Networks and tokens beyond those of x402's official client. Default: none.
   *
   * @example { known: { assets: [{ network: 'eip155:8453', address: '0x…', symbol: 'USDX', decimals: 6, currency: 'USD' }] } }
   */
  readonly known?: RegistryAdditions | undefined
}

/** What one unit of a token is worth in dollars, as decimal text, by the token's symbol: `{ EURC: '1.08' }`. */
export type Rates = Readonly<Record<string, string>>

/** The `rates` option, which says what tokens are worth that are not dollars. */
export interface RateOptions {
  /**
   * What one unit of a token is worth in dollars, by its symbol. Limits count the amount times the rate, rounded up. A
   * token that is not worth one dollar is never paid without its rate. Default: none.
   *
   * @example { rates: { EURC: '1.08' } }
   */
  readonly rates?: Rates | undefined
}

/** The option checks of {@link RegistryAdditions}, for functions that take them as an option. */
export const registryChecks: OptionChecks<RegistryAdditions> = {
  networks: listOf(
    optionsOf<Network>({
      id: checkNetworkId,
      family: oneOf('eip155', 'solana'),
      name: checkText,
      v1Name: checkText,
      isTest: checkFlag
    })
  ),
  assets: listOf(
    optionsOf<Asset>({
      network: checkNetworkId,
      address: checkText,
      symbol: checkText,
      decimals: wholeNumberFrom(0, 36),
      currency: checkText,
      domain: optionsOf<NonNullable<Asset['domain']>>({ name: unchecked, version: unchecked }),
      transfer: oneOf('eip3009', 'permit2', 'permit2+eip2612')
    })
  )
}

/** The check of {@link RateOptions.rates}. */
export const checkRates: OptionCheck = recordOf(checkRate, checkText)
