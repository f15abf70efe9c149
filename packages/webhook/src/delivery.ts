import { abortable, type Clock, discardBody, isError, type RandomBytes } from '@bursar/core'
import type { Notification, NotificationType } from './notification.js'
import { signatureHeaders } from './sign-message.js'
import type { Slots, Turn } from './slots.js'

/** How notifications are sent. */
export interface PostOptions {
  readonly url: string
  readonly secret: Uint8Array<ArrayBuffer>
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly random: RandomBytes
  readonly attempts: number
  /** Bounds how many are sent at once. */
  readonly slots: Slots
  /** Aborts when the webhook is closed. */
  readonly signal: AbortSignal
}

const ANSWER_MS = 15_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 300_000
/** The notification of which there may be any number: servers choose what they ask for. */
export const REFUSED: NotificationType = 'payment.refused'
/** The receiver says that it wants nothing more. */
const GONE = 410

/** One notification on its way. */
export class Delivery {
  /** Why it was given up; `undefined` once it was taken. It never rejects. */
  readonly outcome: Promise<string | undefined>
  /** Whether it says that a payment was refused, of which there may be any number. */
  readonly isRefusal: boolean
  readonly #given = new AbortController()
  #reason = 'the webhook is closed'

  constructor(notification: Notification, options: PostOptions) {
    this.isRefusal = notification.type === REFUSED
    const signal = AbortSignal.any([options.signal, this.#given.signal])
    // What is no notification, such as one whose time is no date, is no better at the next attempt.
    const sent = this.#send(notification, { ...options, signal }).catch(reasonOf)
    // A fetch that the user brings may not know of signals.
    this.outcome = abortable(sent, options.signal).catch(() => this.#reason)
  }

  giveUp(reason: string): void {
    this.#reason = reason
    this.#given.abort()
  }

  async #send(notification: Notification, options: PostOptions): Promise<string | undefined> {
    const { signal } = options
    let reason = 'it was never sent'
    for (let attempt = 1; ; attempt++) {
      const send = () => post(notification, options)
      const said = await inTurn(send, options.slots, { isUrgent: !this.isRefusal, signal })
      if (said === undefined) return undefined
      reason = said.reason
      if (signal.aborted) return this.#reason
      if (said.isFinal || attempt >= options.attempts) return reason
      if (!(await hasWaited(attempt, options))) return this.#reason
    }
  }
}

interface Failure {
  readonly reason: string
  readonly isFinal: boolean
}

/** Sends in its turn. What is given up meanwhile is not sent. */
async function inTurn(
  send: () => Promise<Failure | undefined>,
  slots: Slots,
  turn: Turn
): Promise<Failure | undefined> {
  try {
    return await slots.use(send, turn)
  } catch (error) {
    if (!turn.signal.aborted) throw error
    return { reason: 'it was never sent', isFinal: true }
  }
}

/** Sends once. @returns why it was not taken. */
async function post(
  { id, type, atMs, data }: Notification,
  { url, secret, fetch: send, clock, signal }: PostOptions
): Promise<Failure | undefined> {
  const body = JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), data })
  try {
    const timestampSeconds = Math.floor(clock.nowMs() / 1000)
    const signed = await signatureHeaders(secret, { id, timestampSeconds, body })
    const tooLate = AbortSignal.timeout(ANSWER_MS)
    const sent = send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, tooLate])
    })
    const answer = await abortable(sent, tooLate, { onLate: async (late) => discardBody(late) })
    discardBody(answer)
    if (answer.ok) return undefined
    return { reason: `it was answered with ${answer.status}`, isFinal: answer.status === GONE }
  } catch (error) {
    return { reason: reasonOf(error), isFinal: false }
  }
}

function reasonOf(error: unknown): string {
  return `it could not be sent (${isError(error) ? error.name : 'an error'})`
}

/** Waits twice as long as the time before, give or take half. @returns whether it is to be sent again. */
async function hasWaited(
  attempt: number,
  { clock, random, signal }: Pick<PostOptions, 'clock' | 'random' | 'signal'>
): Promise<boolean> {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)
  const jitter = (random(1)[0] ?? 0) / 256
  try {
    await clock.sleep(wait * (0.5 + jitter), signal, { keepsAlive: false })
    return true
  } catch {
    return false
  }
}
