import type { ProcessIdentity } from '@bursar/core/files'
import type { SessionEvidence } from '../../rules/liveness.js'
import type { SessionNote } from '../../session/session-driver.js'
import type { LedgerFile } from './ledger-file.js'

/** Sessions are kept longer than any resume window. */
const KEPT_MS = 32 * 86_400_000

interface SessionRow {
  readonly machine: string
  readonly pid: bigint
  readonly started: string
  readonly heartbeat_at: bigint
  readonly ended: bigint
}

const nothingKnown = {
  isOurs: false,
  heartbeatAtMs: undefined,
  hasEnded: false,
  isProcessGone: false,
  sharesClock: false
}

/** What is known of the processes whose sessions they are. */
export interface Processes {
  own(): ProcessIdentity
  /** Whether one provably runs no longer. */
  isGone(process: ProcessIdentity): boolean
  /** Whether its times and ours are by one clock. */
  sharesClock(process: ProcessIdentity): boolean
}

/** Whose session it is. */
interface OwnSession {
  readonly id: string
  readonly processes: Processes
}

/** The sessions table: which processes work on the file. */
export class Sessions {
  readonly id: string
  readonly #file: LedgerFile
  readonly #processes: Processes
  /** Made once: every row of our own is shown with it. */
  readonly #ours: SessionEvidence
  readonly #read
  readonly #write

  constructor(file: LedgerFile, { id, processes }: OwnSession) {
    this.#file = file
    this.#processes = processes
    this.id = id
    this.#ours = { ...nothingKnown, id, isOurs: true }
    this.#read = file.prepare<SessionRow>(
      'SELECT machine, pid, started, heartbeat_at, ended FROM sessions WHERE id = ?'
    )
    this.#write = file.prepare(
      'INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ' +
        'heartbeat_at = excluded.heartbeat_at, ended = excluded.ended'
    )
  }

  /** Writes this session's heartbeat, or its end, with which its open calls have ended. */
  note(nowMs: number, note: SessionNote): void {
    const { machine, pid, started } = this.#processes.own()
    this.#write.run(this.id, machine, BigInt(pid), started, BigInt(nowMs), note === 'ended' ? 1n : 0n)
  }

  evidenceOf(id: string): SessionEvidence {
    if (id === this.id) return this.#ours
    const [row] = this.#read.all(id)
    if (!row) return { ...nothingKnown, id }
    const { machine, pid, started, heartbeat_at: heartbeatAt, ended } = row
    const process = { machine, pid: Number(pid), started }
    return {
      id,
      isOurs: false,
      heartbeatAtMs: Number(heartbeatAt),
      hasEnded: ended !== 0n,
      isProcessGone: this.#processes.isGone(process),
      sharesClock: this.#processes.sharesClock(process)
    }
  }

  /** Deletes old sessions, whose calls can no longer be resumed. */
  forgetOld(nowMs: number): void {
    this.#file.prepare('DELETE FROM sessions WHERE heartbeat_at < ?').run(BigInt(nowMs - KEPT_MS))
  }
}
