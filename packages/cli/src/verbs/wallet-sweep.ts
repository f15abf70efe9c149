import type { Asset, Purchase, SweepPlan, SweepRequest } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import type { KeptKey } from '@bursar/keystore'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { chainOf, networksOf, openSweeper } from '../sweep/open-sweeper.js'
import { runAll } from '../sweep/run-all.js'
import { failedMove, idleMove, resumeSweep, type SweepTools, unreadPlan } from '../sweep/run-sweep.js'
import { SweepJournal } from '../sweep/sweep-journal.js'
import type { SweepMove } from '../sweep/sweep-move.js'
import { moveJson, moveText, previewText } from '../sweep/sweep-text.js'
import { wrapText } from '../text/wrap-text.js'
import { UsageError } from '../usage-error.js'
import { confirm } from '../wallet/confirm.js'
import { paymentsOut } from '../wallet/payments-out.js'
import { openKeyStore } from '../wallet/wallet-keys.js'

/** The options of `wallet sweep`. */
export interface SweepOptions {
  readonly to: string
  readonly native?: boolean
  readonly gasFrom?: string
  readonly yes?: boolean
  readonly json?: boolean
}

/** Moves all that a wallet holds to an address. It is no payment: no limit and no freeze stops it. */
export async function sweepWallet(
  context: CommandContext,
  wallet: string,
  options: SweepOptions
): Promise<void> {
  const key = await sweptKey(context, wallet, options.to)
  const requests = requestsOf(context, options, key)
  for (const request of requests) await assertPayee(request, key)
  const sweeper = await openSweeper(context, { wallet, key, gasFrom: options.gasFrom })
  for (const request of requests) {
    const reason = await sweeper.payeeRejectionReason(request)
    if (reason !== undefined) throw wrongPayee(options.to, reason)
  }
  const out = await paymentsOut(context, [key])
  const journal = new SweepJournal(context.env)
  const moves = await withLedger(context, (ledger) =>
    sweepAll(context, {
      tools: { sweeper, journal, ledger },
      requests,
      from: key.address,
      out,
      yes: options.yes
    })
  )
  report(context, { wallet, moves, out }, options)
}

/** All that is to be moved, and with what. */
interface Sweep {
  readonly tools: SweepTools
  readonly requests: readonly SweepRequest[]
  readonly from: string
  readonly out: readonly Purchase[]
  readonly yes: boolean | undefined
}

async function sweepAll(context: CommandContext, sweep: Sweep): Promise<readonly SweepMove[]> {
  const { tools, requests, from, out, yes } = sweep
  const earlier: SweepMove[] = []
  for (const request of requests) {
    const move = await resumeSweep(tools, request, from)
    if (move) earlier.push(move)
  }
  if (earlier.some(({ outcome }) => outcome.status === 'unknown')) return earlier
  const { plans, unread } = await planAll(sweep)
  const isEmpty = plans.every(({ amountAtomic }) => amountAtomic === 0n)
  if (isEmpty && earlier.length > 0) return [...earlier, ...unread]
  context.err(previewText(plans, out))
  for (const move of unread) context.err(moveText(move))
  const canMove = plans.some((plan) => idleMove(plan) === undefined)
  if (canMove) await confirm(context, { text: 'Type yes to move it: ', answer: 'yes', yes })
  return [...earlier, ...(await runAll(tools, plans)), ...unread]
}

/** A network that cannot be read keeps nobody from moving what is on the others. */
async function planAll({ tools, requests, from }: Sweep) {
  const plans: SweepPlan[] = []
  const unread: SweepMove[] = []
  for (const request of requests) {
    try {
      plans.push(await tools.sweeper.plan(request))
    } catch (error) {
      unread.push(failedMove(unreadPlan(request, from), error))
    }
  }
  return { plans, unread }
}

/** Tokens first, since their fees are paid with the coin. */
function requestsOf(
  context: CommandContext,
  options: SweepOptions,
  { chain }: KeptKey
): readonly SweepRequest[] {
  const { to, native } = options
  const networks = networksOf(context, chain)
  if (networks.length === 0) throw new UsageError(`--network names none on which ${to} can be paid`)
  const registry = createRegistry()
  const tokens = networks.flatMap((each): SweepRequest[] => {
    const asset: Asset | undefined = registry.defaultAsset(each)
    return asset ? [{ network: each, asset, to }] : []
  })
  return [...tokens, ...(native ? networks.map((each) => ({ network: each, to })) : [])]
}

async function sweptKey(context: CommandContext, wallet: string, to: string): Promise<KeptKey> {
  const keys = await openKeyStore(context).addresses(wallet)
  const chain = chainOf(to)
  const key = keys.find((each) => each.chain === chain)
  if (key) return key
  throw new UsageError(`--to is an address of ${chain}, for which the wallet ${wallet} has no key`)
}

/** Before a passphrase is asked for. @throws {UsageError} */
async function assertPayee(request: SweepRequest, { chain, address }: KeptKey): Promise<void> {
  const { payeeRejectionReason } =
    chain === 'evm' ? await import('@bursar/evm/sweep') : await import('@bursar/solana/sweep')
  const reason = payeeRejectionReason(request, address)
  if (reason !== undefined) throw wrongPayee(request.to, reason)
}

function wrongPayee(to: string, reason: string): UsageError {
  return new UsageError(`Nothing is moved to ${to.slice(0, 64)}: ${reason}`)
}

/** What came of a sweep. */
interface Swept {
  readonly wallet: string
  readonly moves: readonly SweepMove[]
  readonly out: readonly Purchase[]
}

function report(context: CommandContext, { wallet, moves, out }: Swept, { json }: SweepOptions): void {
  const statuses = moves.map(({ outcome }) => outcome.status)
  if (statuses.includes('unknown')) context.progress.exitCode = exitCodes.unresolved
  else if (statuses.some((status) => status === 'failed' || status === 'unfunded'))
    context.progress.exitCode = exitCodes.failed
  const result = { wallet, moves: moves.map(moveJson), out: out.map(({ id }) => id) }
  context.out(json ? `${JSON.stringify(result)}\n` : wrapText(moves.map(moveText).join(''), context.columns))
}
