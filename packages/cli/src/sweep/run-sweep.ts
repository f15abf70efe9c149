import {
  type Asset,
  atomicUsdc,
  bursarErrorOf,
  countDebit,
  type Debit,
  type Ledger,
  type SignedSweep,
  type Sweeper,
  type SweepOutcome,
  type SweepPlan,
  type SweepRequest
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { UsageError } from '../usage-error.js'
import type { SweepJournal } from './sweep-journal.js'
import type { MoveOutcome, SweepMove } from './sweep-move.js'

/** With what transfers are made and written down. */
export interface SweepTools {
  readonly sweeper: Sweeper
  readonly journal: SweepJournal
  /** In which reconcile finds what has left the account. */
  readonly ledger: Pick<Ledger, 'recordDebit'>
}

/** Makes a transfer that was planned: signs it, keeps it, sends it, and waits until its end is known. */
export async function runSweep(tools: SweepTools, plan: SweepPlan): Promise<SweepMove> {
  const idle = idleMove(plan)
  if (idle) return idle
  const signed = await signIt(tools, plan)
  if ('outcome' in signed) return signed
  await tools.journal.keep(signed)
  try {
    return await send(tools, { plan, signed, isAgain: false })
  } catch (error) {
    // It may be out, or have landed without being entered: the journal has it, and the next run looks again.
    return { plan, outcome: { status: 'unknown', reason: reasonOf(error) }, transaction: signed.transaction }
  }
}

/** What becomes of a plan that nothing is signed for; `undefined`: it can be carried out. */
export function idleMove(plan: SweepPlan): SweepMove | undefined {
  if (plan.amountAtomic === 0n) return { plan, outcome: { status: 'empty' } }
  return plan.heldForFee < plan.neededForFee ? { plan, outcome: { status: 'unfunded' } } : undefined
}

/** An error's words, as the end of a sentence has them. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}

/** What cannot be signed has moved nothing, and other transfers go on. */
async function signIt({ sweeper }: SweepTools, plan: SweepPlan): Promise<SignedSweep | SweepMove> {
  try {
    return await sweeper.sign(plan)
  } catch (error) {
    return failedMove(plan, error)
  }
}

/** A transfer that an error of ours kept from being made. */
export function failedMove(plan: SweepPlan, error: unknown): SweepMove {
  const known = bursarErrorOf(error)
  if (!known) throw error
  return { plan, outcome: { status: 'failed', reason: known.message.replace(/\.$/, '') } }
}

/** A plan of which nothing could be read. */
export function unreadPlan(request: SweepRequest, from: string): SweepPlan {
  return { ...request, from, feePayer: from, amountAtomic: 0n, ...noFee }
}

/**
 * Sends a transfer of an earlier run again, the same bytes, so that no second one is made while it is not known what became of
 * the first. `undefined`: there is none, or it never came about.
 *
 * @throws {UsageError} when it pays another address than is asked for now.
 */
export async function resumeSweep(
  tools: SweepTools,
  request: SweepRequest,
  from: string
): Promise<SweepMove | undefined> {
  const { network, asset, to } = request
  const signed = await tools.journal.find({ network, from, asset: asset?.address })
  if (!signed) return undefined
  if (signed.to !== to)
    throw new UsageError(
      `An earlier transfer to ${signed.to} may still get into a block (${signed.transaction}): run the sweep with --to ${signed.to} again first. Nothing was sent`
    )
  const plan: SweepPlan = { ...request, ...signed, asset, ...noFee }
  const move = await send(tools, { plan, signed, isAgain: true })
  return move.outcome.status === 'failed' ? undefined : move
}

/** What a transfer of an earlier run costs was shown then. */
const noFee = { maxFee: 0n, neededForFee: 0n, heldForFee: 0n, createsAccount: false }

/** A transfer that is sent. */
interface Sending {
  readonly plan: SweepPlan
  readonly signed: SignedSweep
  readonly isAgain: boolean
}

async function send(tools: SweepTools, { plan, signed, isAgain }: Sending): Promise<SweepMove> {
  const outcome = await tools.sweeper.send(signed, { isAgain })
  const transaction = (outcome.status === 'landed' && outcome.transaction) || signed.transaction
  if (outcome.status === 'landed')
    await record(tools, { asset: plan.asset, signed: { ...signed, transaction }, atMs: outcome.atMs })
  if (outcome.status !== 'unknown') await tools.journal.forget(signed)
  return { plan, outcome: outcomeOf(outcome), transaction }
}

function outcomeOf(outcome: SweepOutcome): MoveOutcome {
  switch (outcome.status) {
    case 'landed':
      return { status: 'moved' }
    case 'unknown':
      return outcome
    case 'rejected':
      return { status: 'failed', reason: `the network did not take it (${outcome.reason})` }
    case 'failed':
      return { status: 'failed', reason: 'it is in a block, and moved nothing' }
    case 'dead':
      return { status: 'failed', reason: 'it can no longer get into a block' }
  }
}

/** A transfer that is in a block. */
interface Landed {
  readonly asset: Asset | undefined
  readonly signed: SignedSweep
  readonly atMs: number
}

/**
 * Enters a transfer of a token as one that counts nothing against the limits: nothing was bought. The record knows it from then
 * on, so that reconcile does not call it a discrepancy.
 */
async function record({ ledger }: SweepTools, { asset, signed, atMs }: Landed): Promise<void> {
  if (!asset) return
  const { network, transaction, reference, to: payTo, amountAtomic } = signed
  const debit: Debit = {
    network,
    asset: asset.address,
    transaction,
    ...(reference === undefined ? {} : { reference }),
    payTo,
    amountAtomic,
    atMs
  }
  const counted = countDebit(createRegistry(), debit)
  // With its token, the record shows what was moved, and not what that counts as.
  const { token = { symbol: asset.symbol, decimals: asset.decimals }, isTest } = counted.counts ?? {}
  await ledger.recordDebit({ ...counted, counts: { cost: atomicUsdc(0n), token, isTest } })
}
