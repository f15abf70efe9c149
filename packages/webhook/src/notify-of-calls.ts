import { systemRandom } from '@bursar/core'
import type { BursarEvent, BursarEventType, BursarListener } from '@bursar/fetch'
import type { Webhook } from './create-webhook.js'
import type { Notification } from './notification.js'

/** What is listened to: a bursar. */
interface Emitter {
  on(type: BursarEventType | '*', listener: BursarListener): () => void
}

/** Errors of limits and checks that refuse a payment. */
const refusals = /^(?:offer\/|ledger\/frozen$|request\/host-refused$|price\/|balance\/insufficient$)/

/**
 * The notification of an event of a bursar: that a payment has settled, that a limit or a check of ours refused one, or that a
 * balance is low.
 *
 * @param agent who spends, where a server has several.
 * @returns `undefined` for an event that has none.
 */
export function notificationOfEvent(event: BursarEvent, agent?: string): Notification | undefined {
  const notification = notificationMakers[event.type]?.(event)
  // The agents of a server spend from one balance.
  if (agent === undefined || event.type === 'balance-low') return notification
  return notification && { ...notification, data: { ...notification.data, agent } }
}

/**
 * Tells a webhook what the calls of one bursar pay, and what its limits refuse.
 *
 * @param agent who spends, where a program has several.
 * @returns a function that stops it.
 */
export function notifyOfCalls(bursar: Emitter, webhook: Pick<Webhook, 'notify'>, agent?: string): () => void {
  return bursar.on('*', (event) => {
    const notification = notificationOfEvent(event, agent)
    if (notification) webhook.notify(notification)
  })
}

const notificationMakers: {
  readonly [Type in BursarEventType]?: (event: BursarEvent) => Notification | undefined
} = {
  settled,
  error: refused,
  'balance-low': lowBalance
}

const HOUR_MS = 3_600_000

/** Processes that see one fall tell it under one id, unless the hour changes between them. */
function lowBalance({
  atMs,
  host,
  network,
  account = '',
  amount = '',
  below = ''
}: BursarEvent): Notification | undefined {
  if (network === undefined) return undefined
  const data = { ...(host === undefined ? {} : { host }), network, account, amount, asset: 'USDC', below }
  const id = ['low', network, account, host ?? 'wallet', amount, Math.floor(atMs / HOUR_MS)].join('_')
  return { type: 'balance.low', id, atMs, data }
}

function settled(event: BursarEvent): Notification | undefined {
  const { purchase, atMs } = event
  if (purchase === undefined) return undefined
  return { type: 'payment.settled', id: `settled_${purchase}`, atMs, data: { purchase, ...paid(event) } }
}

function paid({ host, network, amount, symbol, transaction }: BursarEvent): Notification['data'] {
  return {
    ...(host === undefined ? {} : { host }),
    ...(network === undefined ? {} : { network }),
    ...(amount === undefined ? {} : { amount }),
    ...(symbol === undefined ? {} : { asset: symbol }),
    ...(transaction === undefined ? {} : { transaction })
  }
}

function refused({ atMs, host = '', code, moneyState }: BursarEvent): Notification | undefined {
  if (code === undefined || moneyState !== 'none' || !refusals.test(code)) return undefined
  return { type: 'payment.refused', id: `refused_${randomId()}`, atMs, data: { host, code } }
}

function randomId(): string {
  return Array.from(systemRandom(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
