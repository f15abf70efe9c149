import type { Notification, NotificationType, Webhook } from '@bursar/webhook'
import type { CommandContext } from '../context.js'
import type { Env } from '../io.js'
import { commandPolicy } from '../policy/command-policy.js'
import { checkUsage, UsageError } from '../usage-error.js'
import { readPassphraseFile } from '../wallet/passphrase-file.js'

/**
 * Opens the webhook of the policy (`notify`), which is loaded only where it is used. What is given up is said on standard
 * error.
 *
 * @returns `undefined` where the policy has none.
 * @throws {UsageError} when the URL, the secret or an event is malformed.
 */
export async function openWebhook(
  context: Pick<CommandContext, 'env' | 'flagLayers' | 'err'>
): Promise<Webhook | undefined> {
  const { notify } = commandPolicy(context).policy
  if (!notify) return undefined
  const secret = webhookSecret(context.env, notify.secretFile)
  const { createWebhook, notificationTypes } = await import('@bursar/webhook')
  const events = notify.events && eventsOf(notify.events, notificationTypes)
  const onLost = ({ type, id }: Notification, reason: string): void =>
    context.err(`The webhook was not told of ${type} (${id}): ${reason}.\n`)
  return checkUsage(() => createWebhook({ url: notify.url, secret, events, onLost }))
}

function webhookSecret({ BURSAR_NOTIFY_SECRET: secret }: Env, file: string | undefined): string {
  if (file) return readPassphraseFile(file)
  if (secret) return secret
  throw new UsageError('A webhook needs a file with its secret: notify.secretFile of the policy')
}

/** @throws {UsageError} for an event that there is not. */
function eventsOf(named: readonly string[], known: readonly NotificationType[]): readonly NotificationType[] {
  return named.map((name) => {
    const event = known.find((each) => each === name)
    if (event) return event
    const all = known.join(', ')
    throw new UsageError(`notify.events: there is no ${name.slice(0, 40)}; there are ${all}`)
  })
}
