import {
  ACCOUNT,
  type AccountCall,
  type AccountMeter,
  type AccountReservation,
  atomicUsdc,
  BursarError,
  type Clock,
  checkFunction,
  checkObject,
  checkOptions,
  formatUsdc,
  type Ledger,
  type OptionChecks,
  overLimitError,
  type PurchaseEvent,
  type RandomBytes,
  systemClock,
  systemRandom
} from '@bursar/core'
import { checkLabels, givenLabels } from './flow/call.js'
import { newPurchaseId } from './flow/purchase-id.js'
import { parsePolicy } from './policy/policy.js'
import { type PolicyOptions, policyChecks } from './policy/policy-options.js'

/** What an account meter is made from: the same limits and the same ledger as the payments'. */
export interface AccountMeterOptions extends PolicyOptions {
  readonly ledger: Ledger
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
}

/**
 * Builds the meter that enters calls which an account is billed for in the ledger, under the limits.
 *
 * @throws {TypeError} when an option is unknown or malformed, or `limits.payment` is missing.
 */
export function createAccountMeter(options: AccountMeterOptions): AccountMeter {
  checkOptions(options, accountMeterChecks)
  return openAccountMeter(options)
}

const accountMeterChecks: OptionChecks<AccountMeterOptions> = {
  ...policyChecks,
  ledger: checkObject,
  clock: checkObject,
  random: checkFunction
}

/** The same from options that were checked, and that may hold more. */
export function openAccountMeter(options: AccountMeterOptions): AccountMeter {
  const { ledger, clock = systemClock, random = systemRandom } = options
  const policy = parsePolicy(options)

  function assertWithinLimit({ url: { host }, maxCost }: AccountCall): void {
    if (!policy.allowsHost(host)) {
      throw new BursarError('request/host-refused', {
        message: `${host} is not in allow.hosts. Nothing was sent.`,
        context: { host },
        moneyState: 'none'
      })
    }
    const cap = policy.limits.payment([host])
    if (maxCost > cap.limit) throw overLimitError({ budget: cap, used: atomicUsdc(0n) }, maxCost)
  }

  /** @throws {BursarError} `offer/declined` */
  async function confirm({ method, url: { host, pathname }, maxCost }: AccountCall): Promise<void> {
    const amount = formatUsdc(maxCost)
    const offer = { amount, network: ACCOUNT, payTo: host }
    const asked = { ...offer, method, host, path: pathname, asset: 'USD' }
    if (policy.confirm === undefined || (await policy.confirm(asked)) === true) return
    throw new BursarError('offer/declined', {
      message: `confirm declined that ${host} bills its account up to ${amount} USD. Nothing was sent.`,
      context: offer,
      moneyState: 'none'
    })
  }

  return {
    assertWithinLimit,
    async open(call) {
      checkLabels(call.labels, 'labels')
      assertWithinLimit(call)
      await confirm(call)
      const { origin } = call.url
      const labels = givenLabels(call.labels)
      const { id } = await ledger.reserve(reservationOf(call))
      // What cannot be written now is held in full until it is.
      const note = async (...events: readonly PurchaseEvent[]): Promise<void> => {
        for (const event of events) await ledger.recordEvent(id, event).catch(() => {})
      }
      return {
        purchase: id,
        settle: (cost) =>
          note({ type: 'settled', ...(cost === undefined ? {} : { cost }) }, { type: 'answered' }),
        attachJob: (job) => ledger.noteJob({ job, purchase: id, origin, labels }).catch(() => {}),
        release: () => note({ type: 'released' }, { type: 'answered' })
      }
    }
  }

  function reservationOf({ method, url, maxCost, labels: given }: AccountCall): AccountReservation {
    const labels = givenLabels(given)
    const id = newPurchaseId({ clock, random })
    const { origin, pathname, host } = url
    return {
      kind: 'account',
      id,
      // Never taken up again: nothing was signed that could be sent twice.
      fingerprint: id,
      method,
      origin,
      path: pathname,
      offer: {
        dialect: 'account',
        network: ACCOUNT,
        asset: 'USD',
        payTo: host,
        amountAtomic: maxCost,
        cost: maxCost
      },
      guards: { budgets: policy.limits.budgets([host], labels) },
      labels
    }
  }
}
