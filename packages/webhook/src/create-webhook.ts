import { systemClock, systemRandom, notify as tell } from '@bursar/core'
import { Delivery, REFUSED } from './delivery.js'
import type { Notification } from './notification.js'
import { secretBytes } from './sign-message.js'
import { Slots } from './slots.js'
import { checkWebhookOptions, type WebhookOptions } from './webhook-options.js'

/** A receiver of notifications. */
export interface Webhook extends AsyncDisposable {
  /** Tells it, in the background: this returns at once, and never throws. */
  notify(notification: Notification): void
  /** Waits until all is told or given up, for some seconds at most, and ends it. What waits then is lost. */
  close(): Promise<void>
}

const ATTEMPTS = 10
const MAX_WAITING = 1_000
const CLOSE_MS = 5_000
/** How many are sent at once. */
const MAX_SENDING = 4

/**
 * Opens a webhook: JSON by POST, signed as Standard Webhooks says. One that does not answer with 2xx is sent again, each time later,
 * and no payment ever waits for it. What waits is in memory: it is lost with the process, and the record has all of it.
 *
 * @example
 * ```ts
 * const webhook = createWebhook({ url: 'https://hooks.example/bursar', secret: process.env.WEBHOOK_SECRET ?? '' })
 * notifyOfCalls(bursar, webhook)
 * ```
 * @throws {TypeError} when an option is missing, unknown or malformed.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  checkWebhookOptions(options)
  const { events, attempts = ATTEMPTS, maxWaiting = MAX_WAITING, clock = systemClock } = options
  const { url, secret, random = systemRandom, fetch: send = fetch, onLost } = options
  const waiting = new Map<string, Delivery>()
  const ended = new AbortController()
  const bytes = secretBytes(secret) ?? new Uint8Array()
  const post = {
    url,
    secret: bytes,
    fetch: send,
    clock,
    random,
    attempts,
    signal: ended.signal,
    slots: new Slots(MAX_SENDING)
  }
  const giveUp = (notification: Notification, reason: string): void =>
    void tell(onLost && (() => onLost(notification, reason)), undefined, 'onLost')
  const tooMany = `more than ${maxWaiting} notifications wait`
  /** @returns whether there is room for a notification now. */
  const makeRoom = ({ type }: Notification): boolean => {
    if (waiting.size < maxWaiting) return true
    const all = [...waiting]
    // A server can have as many of its prices refused as it likes: they must not push out what an operator has to see.
    const refusal = all.find(([, { isRefusal }]) => isRefusal)
    const [id, delivery] = refusal ?? (type === REFUSED ? [] : (all[0] ?? []))
    if (id === undefined) return false
    waiting.delete(id)
    delivery?.giveUp(tooMany)
    return true
  }
  const notify = (notification: Notification): void => {
    if (ended.signal.aborted || waiting.has(notification.id)) return
    if (events && !events.includes(notification.type)) return
    if (!makeRoom(notification)) {
      giveUp(notification, tooMany)
      return
    }
    const delivery = new Delivery(notification, post)
    waiting.set(notification.id, delivery)
    void delivery.outcome.then((reason) => {
      if (waiting.get(notification.id) === delivery) waiting.delete(notification.id)
      if (reason !== undefined) giveUp(notification, reason)
    })
  }
  const close = async (): Promise<void> => {
    const all = Promise.all([...waiting.values()].map(({ outcome }) => outcome))
    const over = new AbortController()
    await Promise.race([all, clock.sleep(CLOSE_MS, over.signal).catch(() => {})])
    over.abort()
    ended.abort()
    await Promise.all([...waiting.values()].map(({ outcome }) => outcome))
  }
  return { notify, close, [Symbol.asyncDispose]: close }
}
