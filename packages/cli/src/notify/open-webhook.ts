import type { Notification, NotificationType, Webhook } from '@bursar/webhook'
import type { CommandContext } from '../context.js'
import type { Env } from '../io.js'
import { checkUsage, UsageError } from '../usage-error.js'
import { readPassphraseFile } from '../wallet/passphrase-file.js'

/**
 * Opens the webhook of `BURSAR_NOTIFY_URL`, which is loaded only where it is used. What is given up is said on standard error.
 *
 * @returns `undefined` where none is named.
 * @throws {UsageError} when the URL, the secret or an event is malformed.
 */
export async function openWebhook({
  env,
  err
}: Pick<CommandContext, 'env' | 'err'>): Promise<Webhook | undefined> {
  const { BURSAR_NOTIFY_URL: url, BURSAR_NOTIFY_EVENTS: named } = env
  if (!url) return undefined
  const secret = webhookSecret(env)
  const { createWebhook, notificationTypes } = await import('@bursar/webhook')
  const events = named ? eventsOf(named, notificationTypes) : undefined
  const onLost = ({ type, id }: Notification, reason: string): void =>
    err(`The webhook was not told of ${type} (${id}): ${reason}.\n`)
  return checkUsage(() => createWebhook({ url, secret, events, onLost }))
}

function webhookSecret({ BURSAR_NOTIFY_SECRET: secret, BURSAR_NOTIFY_SECRET_FILE: file }: Env): string {
  if (file) return readPassphraseFile(file)
  if (secret) return secret
  throw new UsageError(
    'BURSAR_NOTIFY_URL needs BURSAR_NOTIFY_SECRET, or a file with it: BURSAR_NOTIFY_SECRET_FILE'
  )
}

/** @throws {UsageError} for an event that there is not. */
function eventsOf(named: string, known: readonly NotificationType[]): readonly NotificationType[] {
  return named.split(',').map((name) => {
    const event = known.find((each) => each === name.trim())
    if (event) return event
    throw new UsageError(
      `BURSAR_NOTIFY_EVENTS: there is no ${name.trim().slice(0, 40)}; there are ${known.join(', ')}`
    )
  })
}
