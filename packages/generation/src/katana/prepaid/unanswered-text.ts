import type { BursarParts, Purchase } from '@bursar/core'
import { isAbandoned } from './abandoned-call.js'

/**
 * Whether a text was paid directly, or may have been, and its answer is neither received nor awaited. If the same text is
 * requested again, only a direct call resumes it: the balance would pay for it a second time. Where another process has a text
 * open, this waits until it is known whether that process still works.
 */
export async function hasUnansweredText(
  parts: Pick<BursarParts, 'ledger' | 'clock' | 'resumableMs'>,
  origin: string,
  signal?: AbortSignal
): Promise<boolean> {
  const query = { fromMs: parts.clock.nowMs() - parts.resumableMs, host: new URL(origin).host }
  const open: Purchase[] = []
  for await (const purchase of parts.ledger.history(query)) {
    if (!isPaidText(purchase)) continue
    if (purchase.call === 'failed') return true
    if (purchase.call === 'open') open.push(purchase)
  }
  const abandoned = await Promise.all(open.map((purchase) => isAbandoned(parts, purchase, signal)))
  return abandoned.includes(true)
}

function isPaidText({ kind, state, path }: Purchase): boolean {
  const isPaid = state === 'signed' || state === 'sent' || state === 'settled'
  return kind === 'payment' && isPaid && path.endsWith('/chat/completions')
}
