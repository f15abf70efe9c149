import {
  type ChainReader,
  type Clock,
  isJsonObject,
  type Rpc,
  type SignedSweep,
  type SweepOutcome
} from '@bursar/core'
import { askOrNothing, awaitOutcome, submitTransaction } from '@bursar/core/rpc'
import { authorizationOf, lookAtAuthorization, usableUntilEnd } from './look-at-authorization.js'
import { isTakenForGood } from './taken-for-good.js'

/** How long a block is waited for, and how often it is asked for. */
const WAIT_MS = 60_000
const POLL_MS = 500

/** "Nonce too low" may be said since the transaction itself is in a block. */
const KNOWN_ALREADY = /already ?known|\bknown transaction|already imported|nonce too low/i
/** What nodes check before they take a transaction. A replacement is refused for the sake of another, which may be this one. */
const REFUSED = new RegExp(
  [
    'insufficient funds',
    'intrinsic gas too (?:low|high)',
    'exceeds (?:the )?block gas limit',
    'exceeds the configured cap',
    'max fee per gas less than block base fee',
    '(?<!replacement )transaction underpriced',
    '(?:gas price|gas fee|fee cap) too low',
    'invalid (?:sender|signature|chain id)'
  ].join('|'),
  'i'
)

/** With what a transaction is sent. */
export interface SendParts {
  readonly clock: Clock
  /** Whether it may have been sent before. */
  readonly isAgain: boolean
}

/**
 * Sends a transaction, and asks for its receipt until there is one. What the answers do not say is unknown: the same bytes can
 * be sent again, and are in one block at most. Of an authorization, the token is asked, and not the transaction: anybody who
 * saw it can use it until its end, also after a node refused the transaction.
 */
export async function sendSweep(
  reader: ChainReader,
  signed: SignedSweep,
  { clock, isAgain }: SendParts
): Promise<SweepOutcome> {
  const { network, bytes } = signed
  const authorization = authorizationOf(signed)
  const look = () =>
    askOrNothing(reader, network, (rpc) =>
      authorization ? lookAtAuthorization(rpc, authorization, clock.nowMs()) : lookAt(rpc, signed)
    )
  const before = isAgain ? (await look())?.value : undefined
  if (before) return before
  const refusal = await submitTransaction(reader, {
    network,
    method: 'eth_sendRawTransaction',
    params: [bytes],
    knownAlready: KNOWN_ALREADY,
    refused: REFUSED
  })
  const waitMs = refusal === undefined ? WAIT_MS : 0
  const outcome = await awaitOutcome(look, { clock, waitMs, pollMs: POLL_MS })
  if (outcome) return outcome
  if (refusal === undefined) return { status: 'unknown' }
  if (authorization) return usableUntilEnd(authorization, `The network did not take it (${refusal})`)
  return isAgain ? { status: 'unknown' } : { status: 'rejected', reason: refusal }
}

/** The count of transactions is read first: a transaction that is in a block by then has a receipt afterwards. */
async function lookAt(rpc: Rpc, signed: SignedSweep): Promise<SweepOutcome | undefined> {
  const isNumberTaken = await isTakenForGood(rpc, signed)
  const receipt = await rpc('eth_getTransactionReceipt', [signed.transaction])
  if (isJsonObject(receipt)) {
    if (receipt.status !== '0x1') return { status: 'failed' }
    const block = await rpc('eth_getBlockByNumber', [receipt.blockNumber, false])
    if (!isJsonObject(block) || typeof block.timestamp !== 'string')
      throw new TypeError('The node does not have the block of a receipt')
    return { status: 'landed', atMs: Number(block.timestamp) * 1000 }
  }
  // Another transaction has its number, so that this one never gets into a block.
  return isNumberTaken ? { status: 'dead' } : undefined
}
