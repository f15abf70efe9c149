import { type Ledger, lazyLedger } from '@bursar/core'
import type { PayingFetchOptions } from '@bursar/fetch'
import { type AskPerson, confirmBy } from './confirm-by.js'
import type { Policy } from './schema/policy-schema.js'

/** What a policy says to `createBursar`, beside the accounts. */
export interface PolicyBursarOptions
  extends Pick<
    PayingFetchOptions,
    | 'limits'
    | 'allow'
    | 'prefer'
    | 'maxPriceIncrease'
    | 'confirm'
    | 'rates'
    | 'known'
    | 'signIn'
    | 'inFlight'
    | 'offers'
    | 'checkBalance'
    | 'lowBalance'
    | 'timeouts'
    | 'resend'
    | 'resumeWindowMs'
    | 'maxValiditySeconds'
    | 'maxStreamBytes'
  > {
  /** RPC endpoints by network. Default: the public ones. @example { rpcUrls: { 'eip155:8453': 'https://mainnet.base.org' } } */
  readonly rpcUrls?: Policy['rpcUrls']
  /** Compares every receipt with the chain. Default: the server is believed. @example { verify: 'chain' } */
  readonly verify?: 'chain' | undefined
  /** Asks the chain at the start about open purchases. Default: nobody asks. @example { recover: 'at-start' } */
  readonly recover?: 'at-start' | undefined
  /** The record at `policy.ledger`. Default: a file in the data folder. @example { ledger: openLedger('/data/ledger.db') } */
  readonly ledger?: Ledger
}

/** What a policy needs that is no text. */
export interface PolicyParts {
  /**
   * Asks a person about a payment for which the policy wants that; nothing, where nobody can be asked. Default: nobody can.
   *
   * @example { ask: async ({ amount, symbol, host }) => (await answerTo(`Pay ${amount} ${symbol} to ${host}?`)) === 'yes' }
   */
  readonly ask?: AskPerson | undefined
}

/**
 * The options of `createBursar` that a policy holds. What concerns services and commands (`topUp`, `notify`, `retention`) is
 * not among them.
 *
 * @example
 * ```ts
 * const bursar = createBursar({ evm, ...bursarOptionsOf(await readPolicy()) })
 * ```
 * @throws {TypeError} when the policy has no `limits.payment`.
 */
export function bursarOptionsOf(policy: Policy, { ask }: PolicyParts = {}): PolicyBursarOptions {
  const { $schema: _, topUp: __, retention: ___, notify: ____, ...shared } = policy
  const { limits = {}, confirm, ledger, ...others } = shared
  const { payment, ...sums } = limits
  if (payment === undefined)
    throw new TypeError('The policy sets no limits.payment: bursar policy set limits.payment=0.25')
  const confirming = confirm && confirmBy(confirm, { ask, maxPriceIncrease: policy.maxPriceIncrease })
  return {
    ...others,
    limits: { ...sums, payment },
    ...(confirming ? { confirm: confirming } : {}),
    ...(ledger === undefined ? {} : { ledger: openLedger(ledger) })
  }
}

/** The ledger of a file or of a database. It is opened by its first use. */
export function openLedger(place: string): Ledger {
  return lazyLedger(async () => {
    if (/^postgres(?:ql)?:/.test(place))
      return (await import('@bursar/ledger/postgres')).postgresLedger(place)
    return (await import('@bursar/ledger/sqlite')).sqliteLedger({ path: place })
  })
}
