import { AsyncLocalStorage } from 'node:async_hooks'
import {
  checkOptions,
  checkUsdcAmount,
  type OptionChecks,
  oneOf,
  parseUsdc,
  type UsdcAmount
} from '@bursar/core'
import type { ConfirmOptions, PaymentProposal } from '@bursar/fetch'

/**
 * Asks a person about a payment, until the call is aborted.
 *
 * @returns `undefined` where nobody could be asked, or nobody decided.
 */
export type AskPerson = (proposal: PaymentProposal, options?: ConfirmOptions) => Promise<boolean | undefined>

/** When a person is asked about a payment. */
export interface ConfirmationRule {
  /** Decimal dollars: a payment that costs more is asked about. Required. @example { above: '0.10' } */
  readonly above: UsdcAmount
  /**
   * What becomes of a payment that nobody decided about, since the host cannot ask, or nobody answered. `pay`: the limits
   * alone decide. Default: `pay`.
   *
   * @example { above: '0.10', otherwise: 'refuse' }
   */
  readonly otherwise?: 'pay' | 'refuse' | undefined
}

const ruleChecks: OptionChecks<ConfirmationRule> = {
  above: checkUsdcAmount,
  otherwise: oneOf('pay', 'refuse')
}

/**
 * Asks the person at the host of a tool's call about dear payments. Give `confirm` to the bursar, and this to the tools.
 *
 * @example
 * ```ts
 * const confirmation = new Confirmation({ above: '0.10' })
 * const bursar = createBursar({ evm, limits, ledger, confirm: confirmation.confirm })
 * ```
 */
export class Confirmation {
  readonly #aboveAtomic: bigint
  readonly #otherwise: boolean
  readonly #caller = new AsyncLocalStorage<AskPerson>()

  /**
   * @throws {TypeError} when an option is unknown or malformed.
   * @throws {BursarError} `amount/malformed`
   */
  constructor(rule: ConfirmationRule) {
    checkOptions(rule, ruleChecks, 'confirmation')
    const { above, otherwise = 'pay' } = rule
    this.#aboveAtomic = parseUsdc(above)
    this.#otherwise = otherwise === 'pay'
  }

  /** What `createBursar` takes. */
  readonly confirm = async (proposal: PaymentProposal, options?: ConfirmOptions): Promise<boolean> => {
    if (parseUsdc(proposal.cost) <= this.#aboveAtomic) return true
    return (await this.ask(proposal, options)) ?? this.#otherwise
  }

  /** Asks the person at the host of the call that pays, for a `confirm` of your own. */
  readonly ask: AskPerson = async (proposal, options) => this.#caller.getStore()?.(proposal, options)

  /** Runs a call whose payments are asked about so. */
  during<Value>(ask: AskPerson, run: () => Promise<Value>): Promise<Value> {
    return this.#caller.run(ask, run)
  }
}
