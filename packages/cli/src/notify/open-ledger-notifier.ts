import type { LedgerChange } from '@bursar/audit'
import type { Ledger } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'
import { openWebhook } from './open-webhook.js'

/** Tells a webhook of what changes in a record, and of payments that are out for too long. */
export interface LedgerNotifier {
  /** Looks for payments that are out for too long, until the signal aborts. */
  begin(ledger: Pick<Ledger, 'outstanding' | 'status'>, signal: AbortSignal): void
  note(change: LedgerChange): void
  noteLow(event: BursarEvent): void
  close(): Promise<void>
}

/** @throws {UsageError} when the policy has no webhook. */
export async function openLedgerNotifier(
  context: Pick<CommandContext, 'env' | 'flagLayers' | 'err'>
): Promise<LedgerNotifier> {
  const webhook = await openWebhook(context)
  if (!webhook) throw new UsageError('--notify needs a webhook: bursar policy set notify.url=https://…')
  const { notificationOfChange, notificationOfEvent, notifyOfOutstanding } = await import('@bursar/webhook')
  const ended = new AbortController()
  let looking: Promise<void> | undefined
  return {
    begin(ledger, signal) {
      looking = notifyOfOutstanding(ledger, webhook, { signal: AbortSignal.any([signal, ended.signal]) })
      // What it fails with is thrown at the end: until then, Node would end the program for it.
      looking.catch(() => {})
    },
    note(change) {
      const notification = notificationOfChange(change)
      if (notification) webhook.notify(notification)
    },
    noteLow(event) {
      const notification = notificationOfEvent(event)
      if (notification) webhook.notify(notification)
    },
    async close() {
      ended.abort()
      try {
        await looking
      } finally {
        await webhook.close()
      }
    }
  }
}
