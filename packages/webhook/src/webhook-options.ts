import {
  type ClockOptions,
  checkClock,
  checkFunction,
  checkOptions,
  isLoopback,
  listOf,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  type RandomOptions,
  wholeNumberFrom
} from '@bursar/core'
import { type Notification, type NotificationType, notificationTypes } from './notification.js'
import { secretBytes } from './sign-message.js'

/** Where notifications go. */
export interface WebhookOptions extends ClockOptions, RandomOptions {
  /** https, or http on this machine. Redirects are not followed. Required. @example { url: 'https://hooks.example/bursar' } */
  readonly url: string
  /**
   * The secret that signs, as Standard Webhooks has it: `whsec_` and 24 to 64 bytes in base64. Required.
   *
   * @example { secret: newWebhookSecret() }
   */
  readonly secret: string
  /** What is told. Default: everything. @example { events: ['payment.settled', 'ledger.frozen'] } */
  readonly events?: readonly NotificationType[] | undefined
  /** How often one notification is sent at most. Default: 10, over some nine minutes. @example { attempts: 3 } */
  readonly attempts?: number | undefined
  /** How many notifications wait at most. Beyond it, the oldest is lost. Default: 1_000. @example { maxWaiting: 100 } */
  readonly maxWaiting?: number | undefined
  /**
   * Called with each notification that is given up, and why. Default: nothing is called.
   *
   * @example { onLost: ({ id }, reason) => console.error(id, reason) }
   */
  readonly onLost?: ((notification: Notification, reason: string) => void) | undefined
  /** Sends. Default: the platform's fetch. @example { fetch: myFetch } */
  readonly fetch?: typeof fetch | undefined
}

const checkUrl: OptionCheck = (value, path) => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return
  throw new TypeError(`${path} must be an https URL, or http on this machine (its value is not shown)`)
}

const checkSecret: OptionCheck = (value, path) => {
  if (typeof value === 'string' && secretBytes(value)) return
  throw new TypeError(`${path} must be whsec_ and 24 to 64 bytes in base64 (its value is not shown)`)
}

const webhookChecks: OptionChecks<WebhookOptions> = {
  url: checkUrl,
  secret: checkSecret,
  events: listOf(oneOf(...notificationTypes)),
  attempts: wholeNumberFrom(1, 100),
  maxWaiting: wholeNumberFrom(1, 100_000),
  onLost: checkFunction,
  fetch: checkFunction,
  clock: checkClock,
  random: checkFunction
}

/** @throws {TypeError} when an option is missing, unknown or malformed. */
export function checkWebhookOptions(options: WebhookOptions): void {
  checkOptions(options, webhookChecks, 'webhook')
  // A program in JavaScript may leave them out.
  const { url, secret }: Partial<WebhookOptions> = options
  checkUrl(url, 'webhook.url')
  checkSecret(secret, 'webhook.secret')
}
