import { abortable, type Clock } from '@bursar/core'
import type { ToolCall } from './tool-call.js'

/** Hosts give up after 60 s, whatever progress they are told. What takes longer is asked about by another call. */
const WAIT_MS = 45_000
/** How often a client that asked for it is told that the call goes on. */
const PROGRESS_MS = 3_000

/**
 * Waits as long as a client does, and tells it meanwhile that the call goes on.
 *
 * @param what is waited for, for the client.
 * @returns `undefined` when the time is over.
 * @throws the reason of the call's signal, when the client gives up.
 */
export async function waitFor<Value>(
  ended: Promise<Value>,
  { call, clock, what }: { readonly call: ToolCall; readonly clock: Clock; readonly what: string }
): Promise<Value | undefined> {
  const over = new AbortController()
  const late = clock.sleep(WAIT_MS, over.signal).then(
    () => undefined,
    () => undefined
  )
  void tellProgress({ call, clock, what }, over.signal)
  try {
    return await abortable(Promise.race([ended, late]), call.signal)
  } finally {
    over.abort()
  }
}

async function tellProgress(
  { call, clock, what }: { readonly call: ToolCall; readonly clock: Clock; readonly what: string },
  over: AbortSignal
): Promise<void> {
  const { tellProgress: tell } = call
  if (!tell) return
  for (let waitedMs = PROGRESS_MS; waitedMs < WAIT_MS; waitedMs += PROGRESS_MS) {
    await clock.sleep(PROGRESS_MS, over).catch(() => undefined)
    if (over.aborted) return
    const seconds = waitedMs / 1000
    // A client that cannot be told is gone, and its signal says so.
    await tell(seconds, `${what} has taken ${seconds} seconds`).catch(() => undefined)
  }
}
