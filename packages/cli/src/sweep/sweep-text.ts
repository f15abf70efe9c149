import { amountWords, formatDecimal, gasCoinOf, type Purchase, type SweepPlan } from '@bursar/core'
import { networkName } from '../text/network-name.js'
import type { SweepMove } from './sweep-move.js'

/** What a sweep will do, for the person who confirms it. */
export function previewText(plans: readonly SweepPlan[], out: readonly Purchase[]): string {
  return `${plans.map(planText).join('')}${outText(out)}`
}

function planText(plan: SweepPlan): string {
  const { network, from, to, feePayer, maxFee, createsAccount, asset } = plan
  if (plan.amountAtomic === 0n) return `${networkName(network)}: no ${symbolOf(plan)} to move\n`
  const payer = feePayer === from ? '' : `, paid by ${feePayer}`
  const account = createsAccount
    ? `, and ${feeText(plan, plan.neededForFee - maxFee)} to hold for a new account`
    : ''
  const about = asset ? '' : 'about '
  return `${networkName(network)}: ${about}${amountText(plan)}
  from ${from}
  to   ${to}
  fee  at most ${feeText(plan, maxFee)}${payer}${account}
${gasText(plan)}`
}

/** Said before a person agrees, since nothing moves without it. */
function gasText(plan: SweepPlan): string {
  const { feePayer, heldForFee, neededForFee } = plan
  if (heldForFee >= neededForFee) return ''
  return `  gas  ${feePayer} has ${feeText(plan, heldForFee)}: it cannot move\n`
}

function outText(out: readonly Purchase[]): string {
  if (out.length === 0) return ''
  const lines = out.map(
    (purchase) => `  ${amountWords(purchase.offer)} to ${purchase.origin}, ${purchase.id}\n`
  )
  return `Still out, and may be taken while the wallet holds money (bursar recover asks the chain):\n${lines.join('')}`
}

/** What came of a move, in a line or two. */
export function moveText({ plan, outcome, transaction }: SweepMove): string {
  const where = `on ${networkName(plan.network)}`
  switch (outcome.status) {
    case 'moved':
      return `Moved ${amountText(plan)} ${where}: ${transaction}\n`
    case 'empty':
      return `There is no ${symbolOf(plan)} to move ${where}.\n`
    case 'unfunded':
      return unfundedText(plan)
    case 'unknown':
      return `${amountText(plan)} ${where} may have moved, or may still: ${transaction}\n${outcome.reason ?? 'No node says so far'}. The same command asks again, and sends no second transaction.\n`
    case 'failed':
      return `${plan.amountAtomic === 0n ? symbolOf(plan) : amountText(plan)} ${where} did not move: ${outcome.reason}.${transaction ? ` ${transaction}` : ''}\n`
  }
}

function unfundedText(plan: SweepPlan): string {
  const { feePayer, network, heldForFee, neededForFee } = plan
  const missing = feeText(plan, neededForFee - heldForFee)
  return `${amountText(plan)} on ${networkName(network)} did not move: ${feePayer} has ${feeText(plan, heldForFee)}, and up to ${feeText(plan, neededForFee)} is needed for gas.
Send ${missing} to it, or let another wallet pay: --gas-from NAME. Nothing was signed.
`
}

/** A move as JSON has it. */
export function moveJson({ plan, outcome, transaction }: SweepMove) {
  const { network, from, to, feePayer } = plan
  return {
    network,
    symbol: symbolOf(plan),
    amount: formatDecimal(plan.amountAtomic, decimalsOf(plan)),
    from,
    to,
    feePayer,
    status: outcome.status,
    reason: 'reason' in outcome ? outcome.reason : null,
    transaction: transaction ?? null
  }
}

function symbolOf(plan: SweepPlan): string {
  return plan.asset?.symbol ?? gasCoinOf(plan.network).symbol
}

function decimalsOf(plan: SweepPlan): number {
  return plan.asset?.decimals ?? gasCoinOf(plan.network).decimals
}

function amountText(plan: SweepPlan): string {
  return `${formatDecimal(plan.amountAtomic, decimalsOf(plan))} ${symbolOf(plan)}`
}

function feeText(plan: SweepPlan, atomic: bigint): string {
  const { decimals, symbol } = gasCoinOf(plan.network)
  return `${formatDecimal(atomic, decimals)} ${symbol}`
}
