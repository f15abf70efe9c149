import {
  type ClockOptions,
  checkClock,
  checkFunction,
  checkLedger,
  checkObject,
  checkRates,
  type Ledger,
  listOf,
  type OptionChecks,
  oneOf,
  optionsOf,
  type RandomOptions,
  type RateOptions,
  type RegistryOptions,
  registryChecks,
  type SignInProofProvider
} from '@bursar/core'
import { checkLowBalance, type LowBalance } from './balances/low-balance-options.js'
import { checkInFlight, checkOfferUse, type InFlight, type OfferUse } from './flow/call-options.js'
import { checkSignIn, type SignIn } from './flow/sign-in-option.js'
import type { VerifyReceipt } from './flow/verify-receipt.js'
import type { PayerSource } from './payers.js'
import { type PolicyOptions, policyChecks } from './policy/policy-options.js'
import { type TimingOptions, timingChecks } from './settings.js'
import type { FetchLike } from './transport/fetch-transport.js'

/** What a paying fetch is made from. */
export interface PayingFetchOptions
  extends PolicyOptions,
    TimingOptions,
    ClockOptions,
    RandomOptions,
    RegistryOptions,
    RateOptions {
  /**
   * The payers, one for each family of chains.
   *
   * @example { payers: [createEvmPayer({ account })] }
   */
  readonly payers: readonly PayerSource[]
  /**
   * Keeps the record and the budgets.
   *
   * @example { ledger: memoryLedger() }
   */
  readonly ledger: Ledger
  /**
   * Whether equal calls that are in flight together are `'separate'` purchases, as with any fetch (ten samples of one
   * prompt are ten calls), or, with `'join'`, one purchase whose end they share. Join suits callers that repeat calls
   * without aborting them. Default: `'separate'`.
   *
   * @example { inFlight: 'join' }
   */
  readonly inFlight?: InFlight | undefined
  /**
   * `'remember'` pays with the first request what the same method, origin and path asked lately and was paid: one round trip
   * instead of two, with all limits and checks. A server that asks another price meanwhile is paid that one as well, if the limits
   * allow both: the payment that it refused counts until the chain proves that it cannot settle. Default: `'ask'`.
   *
   * @example { offers: 'remember' }
   */
  readonly offers?: OfferUse | undefined
  /**
   * When to sign in to a server that asks for it (sign-in-with-x) instead of paying again: where the ledger knows that
   * this account `'bought'` what is at the same origin and path, `'always'`, or never (`false`). A server that asks for a
   * sign-in alone, and no money, gets it unless this is `false`. Default: `'bought'`.
   *
   * @example { signIn: 'always' }
   */
  readonly signIn?: SignIn | undefined
  /**
   * `'always'` looks before each payment whether the account holds enough, so that one that cannot settle is not signed.
   * Where nobody can look, it is paid all the same. Default: it is looked where another offer could be paid instead, and
   * where too little was seen before, since a look takes as long as a payment.
   *
   * @example { checkBalance: 'always' }
   */
  readonly checkBalance?: 'always' | undefined
  /**
   * The amounts below which a balance is low, in USDC: the event `balance-low` tells it, once until the balance was above it again.
   * It is looked at after payments and where it is read anyway; no payment waits for it. Default: nobody looks.
   *
   * @example { lowBalance: { wallet: '5.00', prepaid: '1.00' } }
   */
  readonly lowBalance?: LowBalance | undefined
  /**
   * Signs in. Default: nobody does, and what can be paid is paid.
   *
   * @example { proofs: createSignInProofProvider({ signers: [createEvmSigner(key)] }) }
   */
  readonly proofs?: SignInProofProvider | undefined
  /**
   * Compares every receipt with the chain before the answer is handed over. Default: the server is believed.
   *
   * @example { verifyReceipt: async ({ id }, transaction) => (transaction ? undefined : `${id} names no transaction`) }
   */
  readonly verifyReceipt?: VerifyReceipt | undefined
  /**
   * Sends the requests. Default: undici in Node, the platform's fetch elsewhere.
   *
   * @example { fetch: globalThis.fetch }
   */
  readonly fetch?: FetchLike | undefined
}

/** The options of {@link PayingFetchOptions}, for those that have more. */
export const payingFetchChecks: OptionChecks<PayingFetchOptions> = {
  ...policyChecks,
  ...timingChecks,
  payers: listOf(checkObject),
  ledger: checkLedger,
  inFlight: checkInFlight,
  offers: checkOfferUse,
  signIn: checkSignIn,
  checkBalance: oneOf('always'),
  lowBalance: checkLowBalance,
  proofs: checkObject,
  known: optionsOf(registryChecks),
  rates: checkRates,
  verifyReceipt: checkFunction,
  fetch: checkFunction,
  clock: checkClock,
  random: checkFunction
}
