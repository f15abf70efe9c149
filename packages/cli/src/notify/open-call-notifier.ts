import type { BursarEvent } from '@bursar/fetch'
import type { CommandContext } from '../context.js'
import { openWebhook } from './open-webhook.js'

/** Tells a webhook of the calls of a server. */
export interface CallNotifier {
  note(agent: string, event: BursarEvent): void
  close(): Promise<void>
}

/** Opens what tells the webhook of the policy. @returns `undefined` where it has none. */
export async function openCallNotifier(context: CommandContext): Promise<CallNotifier | undefined> {
  const webhook = await openWebhook(context)
  if (!webhook) return undefined
  const { notificationOfEvent } = await import('@bursar/webhook')
  return {
    note(agent, event) {
      const notification = notificationOfEvent(event, agent)
      if (notification) webhook.notify(notification)
    },
    close: () => webhook.close()
  }
}
