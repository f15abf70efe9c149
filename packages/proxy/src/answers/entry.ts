import { Recording } from './recording.js'

/** Bytes that a client may have been sent without having read them. */
const UNREAD_BYTES = 64 * 1024

/** An answer that is kept. */
export interface Entry {
  readonly recording: Recording
  /** Under which it is kept. */
  readonly name: string
  readonly bodyHash: string
  readonly isStream: boolean
  /** The `Idempotency-Key` of the request that began it. */
  readonly key: string | undefined
  /** Where it failed after it was paid: under which it is found again. */
  failedName: string | undefined
  /** When it was complete. */
  endedAtMs: number | undefined
  /** How many are reading it. */
  readers: number
  /** Whether anybody was sent the whole of it. */
  delivered: boolean
}

/** An answer that begins. */
export function newEntry(request: Pick<Entry, 'name' | 'bodyHash' | 'key' | 'isStream'>): Entry {
  const state = { failedName: undefined, endedAtMs: undefined, readers: 0, delivered: false }
  return { recording: new Recording(), ...request, ...state }
}

/** Whether the client of an answer may have left without having read it, which is noticed a moment later. */
export function mayHaveLeft({ readers, delivered, recording }: Entry): boolean {
  return delivered ? recording.byteLength > UNREAD_BYTES : readers > 0
}
