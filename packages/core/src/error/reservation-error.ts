import { formatUsdc } from '../amount/atomic.js'
import type { ReservationRejection } from '../interfaces/reservation.js'
import { BursarError } from './bursar-error.js'
import { inProgressError } from './in-progress-error.js'
import { nameTakenError } from './name-taken-error.js'
import { overLimitError } from './over-limit-error.js'

/** The error that every store throws for a reservation that is not made. Nothing was signed. */
export function reservationError(rejection: ReservationRejection): BursarError {
  switch (rejection.kind) {
    case 'frozen':
      return new BursarError('ledger/frozen', {
        message: `Payments are frozen: ${rejection.reason}. Nothing was signed.`,
        context: { reason: rejection.reason },
        moneyState: 'none'
      })
    case 'restored':
    case 'uncountable':
      return unavailableError(
        rejection.kind === 'restored' ? rejection.reason : 'the amount is larger than it can count'
      )
    case 'name-taken':
      return nameTakenError(rejection.name, rejection.purchase)
    case 'equal-call':
      return inProgressError(rejection.purchase, rejection.name)
    case 'over-budget':
    case 'no-top-up-room':
      return overLimitError(rejection, rejection.cost, rejection.words)
    case 'payee-moved':
      return payeeMovedError(rejection)
    case 'price-increased':
      return priceIncreasedError(rejection)
    case 'id-taken':
      return new BursarError('ledger/conflict', {
        message: `Purchase ${rejection.id} is ${rejection.state} in the ledger and cannot become reserved.`,
        context: { purchase: rejection.id, state: rejection.state, event: 'reserved' },
        moneyState: 'none'
      })
  }
}

function unavailableError(reason: string): BursarError<'ledger/unavailable'> {
  return new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}. Without a record nothing is paid.`,
    context: { reason },
    moneyState: 'none'
  })
}

/** Who asks, and of whom something else is known. */
function asker(host: string, paidHost: string): string {
  return host === paidHost ? host : `${paidHost}, to which ${host} led,`
}

function payeeMovedError({
  host,
  paidHost,
  network,
  payTo,
  pinned
}: Extract<ReservationRejection, { kind: 'payee-moved' }>): BursarError<'offer/payee-refused'> {
  return new BursarError('offer/payee-refused', {
    message: `${asker(host, paidHost)} asks to be paid at ${payTo}, and ${host === paidHost ? '' : `${host} `}was at ${pinned}. To accept, list both in allow.payees. Nothing was signed.`,
    context: { payTo, host, network },
    moneyState: 'none'
  })
}

function priceIncreasedError({
  host,
  paidHost,
  cost,
  words,
  lastCost,
  maxPriceIncrease
}: Extract<ReservationRejection, { kind: 'price-increased' }>): BursarError<'offer/over-limit'> {
  const [requested, used] = [formatUsdc(cost), formatUsdc(lastCost)]
  return new BursarError('offer/over-limit', {
    message: `${asker(host, paidHost)} asks ${words}, and last ${used}. Nothing was signed.`,
    context: { limit: 'maxPriceIncrease', allowed: String(maxPriceIncrease), requested, used },
    moneyState: 'none'
  })
}
