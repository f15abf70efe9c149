import { hostname } from 'node:os'
import type { LedgerFile } from './ledger-file.js'

/** How often a process says that it lives, and how long it may be silent before its calls count as ended. */
export const BEAT_MS = 2_000
const SILENT_MS = 10_000
/** Longer than any resume window. */
const KEPT_MS = 32 * 86_400_000

interface SessionRow {
  readonly host: string
  readonly pid: bigint
  readonly beat_at: bigint
}

/** The ledgers that this very process has open: another's with its number is that of a process that is gone. */
const ours = new Set<string>()

/**
 * Which processes are at work, so that the calls of one that was killed can be taken up by the next: at once when its
 * number is gone from this machine, else when it has been silent. Whoever is silent and lives, asleep or busy, loses
 * nothing: its payment is sent again with the same bytes, and what it has not signed it cannot sign any more.
 */
export class Sessions {
  readonly id: string
  readonly #file: LedgerFile
  readonly #read
  readonly #beat

  constructor(file: LedgerFile, id: string) {
    this.#file = file
    this.id = id
    this.#read = file.prepare('SELECT host, pid, beat_at FROM sessions WHERE id = ?')
    this.#beat = file.prepare(
      'INSERT INTO sessions VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at'
    )
    ours.add(id)
  }

  /** Says that this process lives. */
  beat(nowMs: number): void {
    this.#beat.run(this.id, hostname(), BigInt(process.pid), BigInt(nowMs))
  }

  /** When a session's process was last seen, if it is gone; `undefined` while it lives. */
  goneSince(id: string, nowMs: number): number | undefined {
    if (ours.has(id)) return undefined
    const [row] = this.#read.all(id) as SessionRow[]
    if (!row) return 0
    const lastSeenMs = Number(row.beat_at)
    const isHere = row.host === hostname()
    // Of another container that shares our number, too: ours would be known.
    const lives = !isHere || (Number(row.pid) !== process.pid && processLives(Number(row.pid)))
    const isSilent = nowMs - lastSeenMs > SILENT_MS
    return lives && !isSilent ? undefined : lastSeenMs
  }

  /** Says that this process goes, and that what it has open has ended: from now on it counts as silent. */
  end(nowMs: number): void {
    this.beat(nowMs - SILENT_MS - 1)
    ours.delete(this.id)
  }

  /** Forgets sessions of long ago, whose calls can be taken up no more. */
  forgetOld(nowMs: number): void {
    this.#file.prepare('DELETE FROM sessions WHERE beat_at < ?').run(BigInt(nowMs - KEPT_MS))
  }
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
