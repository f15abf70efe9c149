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
 * What an event of a call is told as: that it has settled, or that a limit or a check of ours refused it.
 *
 * @param agent who spends, where a server has several.
 * @returns `undefined` for one that is told nobody.
 */
export function notificationOfEvent(event: BursarEvent, agent?: string): Notification | undefined {
  const told = event.type === 'settled' ? settled(event) : event.type === 'error' ? refused(event) : undefined
  return told && agent !== undefined ? { ...told, data: { ...told.data, agent } } : told
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

function settled(event: BursarEvent): Notification | undefined {
  const { purchase, atMs } = event
  if (purchase === undefined) return undefined
  return { type: 'payment.settled', id: `settled_${purchase}`, atMs, data: { purchase, ...paid(event) } }
}

function paid({ host, network, amount, symbol, transaction }: BursarEvent): Notification['data'] {
  return {
    host,
    ...(network === undefined ? {} : { network }),
    ...(amount === undefined ? {} : { amount }),
    ...(symbol === undefined ? {} : { asset: symbol }),
    ...(transaction === undefined ? {} : { transaction })
  }
}

function refused({ atMs, host, code, moneyState }: BursarEvent): Notification | undefined {
  if (code === undefined || moneyState !== 'none' || !refusals.test(code)) return undefined
  return { type: 'payment.refused', id: `refused_${randomId()}`, atMs, data: { host, code } }
}

function randomId(): string {
  return Array.from(systemRandom(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
