import {
  type ChainReader,
  type Clock,
  isJsonObject,
  type Rpc,
  type SignedSweep,
  type SweepOutcome
} from '@bursar/core'
import { askOrNothing, awaitOutcome, submitTransaction } from '@bursar/core/rpc'
import { readLandedTransaction } from '../audit/landed-transaction.js'
import { CONFIRMED, isHeight, malformedAnswer, readValue } from '../rpc/account-info.js'

/** How long a block is waited for, and how often it is asked for. A blockhash lives for a minute or so. */
const WAIT_MS = 120_000
const POLL_MS = 400

/** What nodes check before they pass a transaction on. */
const REFUSED = new RegExp(
  [
    'simulation failed',
    'blockhash not found',
    'signature verification fail',
    'did not pass signature verification',
    'insufficient (?:funds|lamports)',
    'failed to sanitize'
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
 * Sends a transaction, and asks for its status until it has one, or its blockhash is too old for it to land. A node may drop
 * what it was sent, so that it is sent again meanwhile.
 */
export async function sendSweep(
  reader: ChainReader,
  signed: SignedSweep,
  { clock, isAgain }: SendParts
): Promise<SweepOutcome> {
  const { network, bytes } = signed
  const submit = () =>
    submitTransaction(reader, {
      network,
      method: 'sendTransaction',
      params: [bytes, { encoding: 'base64', preflightCommitment: CONFIRMED }],
      knownAlready: /already been processed|already ?processed/i,
      refused: REFUSED
    })
  const look = () => askOrNothing(reader, network, (rpc) => lookAt(rpc, signed, clock))
  const refusal = await submit()
  const first = await look()
  if (first?.value) return first.value
  if (refusal !== undefined && !isAgain) return { status: 'rejected', reason: refusal }
  const submitAndLook = async () => {
    await submit()
    return look()
  }
  const outcome = await awaitOutcome(submitAndLook, { clock, waitMs: WAIT_MS, pollMs: POLL_MS })
  return outcome ?? { status: 'unknown' }
}

/** The height is read first: what has not landed below it never will. */
async function lookAt(
  rpc: Rpc,
  { transaction, endsAt }: SignedSweep,
  clock: Clock
): Promise<SweepOutcome | undefined> {
  const height = await rpc('getBlockHeight', [{ commitment: 'finalized' }])
  if (!isHeight(height)) throw malformedAnswer('getBlockHeight')
  const statuses = readValue(
    await rpc('getSignatureStatuses', [[transaction], { searchTransactionHistory: true }])
  )
  const status: unknown = Array.isArray(statuses) ? statuses[0] : undefined
  if (status === undefined) throw malformedAnswer('getSignatureStatuses')
  if (isJsonObject(status)) return landedStatus(rpc, { transaction, clock }, status)
  return BigInt(height) > endsAt ? { status: 'dead' } : undefined
}

async function landedStatus(
  rpc: Rpc,
  { transaction, clock }: { readonly transaction: string; readonly clock: Clock },
  { err, confirmationStatus }: { readonly err?: unknown; readonly confirmationStatus?: unknown }
): Promise<SweepOutcome | undefined> {
  if (confirmationStatus !== 'confirmed' && confirmationStatus !== 'finalized') return undefined
  if (err !== null && err !== undefined) return { status: 'failed' }
  const landed = await readLandedTransaction(rpc, transaction)
  return landed && { status: 'landed', atMs: landed.atMs ?? clock.nowMs() }
}
