import type { BursarParts } from '@bursar/core'

/**
 * Whether a text was paid directly, or may be, whose answer nobody has. If the same text is requested again, only a direct
 * call resumes it: the balance would pay for it a second time.
 */
export async function hasUnansweredText(
  { ledger, clock, resumableMs }: Pick<BursarParts, 'ledger' | 'clock' | 'resumableMs'>,
  origin: string
): Promise<boolean> {
  const query = { fromMs: clock.nowMs() - resumableMs, host: new URL(origin).host }
  for await (const { kind, call, state, path } of ledger.history(query)) {
    const isPaid = state === 'signed' || state === 'sent' || state === 'settled'
    if (kind === 'payment' && call === 'failed' && isPaid && path.endsWith('/chat/completions')) return true
  }
  return false
}
