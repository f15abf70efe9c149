import { abortable, type BursarParts, type Purchase, readLedgerTime } from '@bursar/core'
import { isAbandoned } from './abandoned-call.js'

/** What unanswered texts are looked for with. */
export type TextParts = Pick<BursarParts, 'ledger' | 'clock' | 'resumableMs' | 'resolve'>

/**
 * Whether a text was paid directly, or may have been, and its answer is neither received nor awaited. If the same text is
 * requested again, only a direct call resumes it: the balance would pay for it a second time. Where another process has a text
 * open, this waits until it is known whether that process still works.
 */
export async function hasUnansweredText(
  parts: TextParts,
  origin: string,
  signal?: AbortSignal
): Promise<boolean> {
  const nowMs = await readLedgerTime(parts.ledger, parts.clock)
  const query = { fromMs: nowMs - parts.resumableMs, host: new URL(origin).host }
  const open: Purchase[] = []
  for await (const purchase of parts.ledger.history(query)) {
    if (!isPaidText(purchase)) continue
    if (purchase.call === 'failed') return true
    if (purchase.call === 'open') open.push(purchase)
  }
  if (await hasEarlierText(parts, { origin, untilMs: query.fromMs }, signal)) return true
  const abandoned = await Promise.all(open.map((purchase) => isAbandoned(parts, purchase, signal)))
  return abandoned.includes(true)
}

/**
 * Whether an equal call would resume a text that was reserved before a time: its call was long and has ended since, or its
 * payment can still settle, as far as the chain says.
 */
async function hasEarlierText(
  { ledger, resolve }: TextParts,
  { origin, untilMs }: { readonly origin: string; readonly untilMs: number },
  signal: AbortSignal | undefined
): Promise<boolean> {
  const isEarlier = (purchase: Purchase): boolean =>
    isPaidText(purchase) &&
    purchase.call === 'failed' &&
    purchase.origin === origin &&
    purchase.reservedAtMs < untilMs
  const undelivered = (await ledger.undelivered({ signal })).filter(isEarlier)
  if (undelivered.some((purchase) => hasEndedSince(purchase, untilMs))) return true
  for (const unresolved of (await ledger.outstanding({ signal })).filter(isEarlier)) {
    if (hasEndedSince(unresolved, untilMs)) return true
    const { state } = await abortable(resolve(unresolved), signal)
    if (state === 'signed' || state === 'sent') return true
  }
  return false
}

function hasEndedSince(purchase: Purchase, sinceMs: number): boolean {
  return purchase.call !== 'open' && purchase.endedAtMs >= sinceMs
}

function isPaidText({ kind, state, path }: Purchase): boolean {
  const isPaid = state === 'signed' || state === 'sent' || state === 'settled'
  return kind === 'payment' && isPaid && path.endsWith('/chat/completions')
}
