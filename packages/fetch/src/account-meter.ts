import {
  ACCOUNT,
  type AccountCall,
  type AccountMeter,
  atomicUsdc,
  BursarError,
  type Clock,
  formatUsdc,
  type Ledger,
  overLimitError,
  type PurchaseEvent,
  type RandomBytes,
  type Reservation,
  systemClock,
  systemRandom
} from '@bursar/core'
import { newPurchaseId } from './flow/purchase-id.js'
import { type PolicyOptions, parsePolicy } from './policy/policy.js'

/** What an account meter is made from: the same limits and the same ledger as the payments'. */
export interface AccountMeterOptions extends PolicyOptions {
  readonly ledger: Ledger
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
}

/**
 * Builds the meter that enters calls which an account is billed for in the ledger, under the limits.
 *
 * @throws {TypeError} when a limit is missing or misnamed.
 * @throws {BursarError} `amount/malformed`
 */
export function createAccountMeter(options: AccountMeterOptions): AccountMeter {
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
    const cap = policy.limits.payment(host)
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
      assertWithinLimit(call)
      await confirm(call)
      const { id } = await ledger.reserve(reservationOf(call))
      const note = async (...events: readonly PurchaseEvent[]): Promise<void> => {
        try {
          for (const event of events) await ledger.recordEvent(id, event)
        } catch {
          // It is held in full, and counts so once this process is gone.
        }
      }
      return {
        purchase: id,
        settle: (cost) =>
          note({ type: 'settled', ...(cost === undefined ? {} : { cost }) }, { type: 'answered' }),
        attachJob: (job) => note({ type: 'job', job }),
        release: () => note({ type: 'released' }, { type: 'answered' })
      }
    }
  }

  function reservationOf({ method, url, maxCost, labels }: AccountCall): Reservation {
    const id = newPurchaseId({ clock, random })
    const { origin, pathname, host } = url
    return {
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
      budgets: policy.limits.budgets(host, labels),
      labels
    }
  }
}
