import type { BursarParts, Ledger, LedgerCallOptions, Purchase } from '@bursar/core'

/** How often the ledger is asked whether another process still works. */
const ASK_AGAIN_MS = 250
/** A process whose heartbeat has not changed for this long while we looked no longer works. */
const SILENCE_MS = 10_000

/**
 * Whether the process of an open call no longer works on it. For a call of this process the answer is known at once. For
 * that of another it takes until the end of that process is proven, until its next heartbeat, or ten seconds.
 */
export async function isAbandoned(
  { ledger, clock }: Pick<BursarParts, 'ledger' | 'clock'>,
  { id }: Purchase,
  signal: AbortSignal | undefined
): Promise<boolean> {
  const first = await readHeartbeat(ledger, id, { signal })
  if (first === undefined) return false
  for (let waitedMs = 0; waitedMs < SILENCE_MS; waitedMs += ASK_AGAIN_MS) {
    const purchase = await ledger.find({ id }, { signal })
    if (purchase?.call !== 'open') return purchase?.call === 'failed'
    await clock.sleep(ASK_AGAIN_MS, signal)
    if ((await readHeartbeat(ledger, id, { signal })) !== first) return false
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
