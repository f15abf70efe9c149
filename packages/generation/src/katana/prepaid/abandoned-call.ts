import type { BursarParts, Ledger, LedgerCallOptions, Purchase } from '@bursar/core'

/** How often the ledger is asked whether another process still works. */
const ASK_AGAIN_MS = 250
/** A process whose heartbeat has not changed for this long while we looked no longer works. */
const SILENCE_MS = 10_000

/**
 * Whether the process of an open call no longer works on it. For a call of this process the answer is known at once. For
 * that of another it takes until the end of the call or of that process is proven, until its heartbeat has changed twice,
 * or until it has been silent for ten seconds. One change proves nothing: it may come with a transaction that began before
 * the look, and before the call failed.
 */
export async function isAbandoned(
  { ledger, clock }: Pick<BursarParts, 'ledger' | 'clock'>,
  { id }: Purchase,
  signal: AbortSignal | undefined
): Promise<boolean> {
  let seen = await readHeartbeat(ledger, id, { signal })
  if (seen === undefined) return false
  let isRenewed = false
  let silentMs = 0
  while (silentMs < SILENCE_MS) {
    const purchase = await ledger.find({ id }, { signal })
    if (purchase?.call !== 'open') return purchase?.call === 'failed'
    await clock.sleep(ASK_AGAIN_MS, signal)
    silentMs += ASK_AGAIN_MS
    const heartbeat = await readHeartbeat(ledger, id, { signal })
    if (heartbeat === seen) continue
    // Without one, this process has resumed the call.
    if (heartbeat === undefined || isRenewed) return false
    isRenewed = true
    seen = heartbeat
    silentMs = 0
  }
  return true
}

/** The newest heartbeat of the other process that works on a purchase. `undefined`: this one does. */
async function readHeartbeat(
  ledger: Ledger,
  id: string,
  options: LedgerCallOptions
): Promise<number | undefined> {
  // No call has this fingerprint, so that only the session of this purchase is looked at.
  const query = { fingerprint: '', windowMs: 0, look: { sessions: {}, newest: 0, joined: id } }
  const { look } = await ledger.look(query, options)
  return Object.values(look.sessions)[0]?.heartbeatAtMs
}
