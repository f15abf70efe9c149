import { bursarErrorOf } from '../error/bursar-error-of.js'
import { isError } from '../error/is-error.js'
import type { Clock } from '../interfaces/clock.js'
import type { NetworkId } from '../network/network.js'
import type { ChainReader } from './chain-reader.js'
import type { Rpc } from './rpc-transport.js'

/** A transaction, as a node is given it. */
export interface Submission {
  readonly network: NetworkId
  readonly method: string
  readonly params: readonly unknown[]
  /** What a node says of a transaction that it has already. */
  readonly knownAlready: RegExp
  /** What a node says of one that it did not take, and never will. Any other error may come after it was taken. */
  readonly refused: RegExp
}

/**
 * Hands signed bytes to a node. The same bytes may be handed over again.
 *
 * @returns the node's words when it refuses them and no other node may have taken them; nothing when they are, or may be, out.
 */
export async function submitTransaction(
  reader: ChainReader,
  { network, method, params, knownAlready, refused }: Submission
): Promise<string | undefined> {
  let mayBeOut = false
  const send = async (rpc: Rpc): Promise<string | undefined> => {
    try {
      await rpc(method, params)
      return undefined
    } catch (error) {
      const words = wordsOf(error)
      if (knownAlready.test(words)) return undefined
      if (refused.test(words)) return mayBeOut ? undefined : words
      // A node that did not answer, or failed inside, may have taken them, whatever the next one says.
      mayBeOut = true
      throw error
    }
  }
  return (await askOrNothing(reader, network, send))?.value
}

/** As {@link ChainReader.read}, and nothing where no node answers: what it would have said is unknown. */
export async function askOrNothing<Value>(
  reader: ChainReader,
  network: NetworkId,
  ask: (rpc: Rpc) => Promise<Value>
): Promise<{ readonly value: Value } | undefined> {
  try {
    return { value: await reader.read(network, ask, { moneyState: 'unknown' }) }
  } catch (error) {
    if (bursarErrorOf(error, 'rpc/unavailable')) return undefined
    throw error
  }
}

/** How long an outcome is waited for. */
export interface Patience {
  readonly clock: Clock
  /** Until there is an outcome. */
  readonly waitMs: number
  /** Between two questions. */
  readonly pollMs: number
}

/** For how long no node may answer. */
const SILENCE_MS = 10_000

/**
 * Asks until there is an outcome.
 *
 * @param ask `undefined`: no node answered. Without a `value`: nothing is known yet.
 * @returns `undefined` when the time is over, or no node has answered for ten seconds.
 */
export async function awaitOutcome<Value>(
  ask: () => Promise<{ readonly value: Value | undefined } | undefined>,
  { clock, waitMs, pollMs }: Patience
): Promise<Value | undefined> {
  const endMs = clock.nowMs() + waitMs
  let answeredMs = clock.nowMs()
  for (;;) {
    const answer = await ask()
    if (answer?.value !== undefined) return answer.value
    const nowMs = clock.nowMs()
    if (answer) answeredMs = nowMs
    if (nowMs > endMs || nowMs - answeredMs > SILENCE_MS) return undefined
    await clock.sleep(pollMs)
  }
}

/** What a node said in an error of JSON-RPC. Empty: it did not answer, or did not say why. */
function wordsOf(error: unknown): string {
  if (!isError(error) || !('code' in error) || typeof error.code !== 'number') return ''
  const details = 'details' in error ? error.details : undefined
  return typeof details === 'string' ? details.slice(0, 200) : ''
}
