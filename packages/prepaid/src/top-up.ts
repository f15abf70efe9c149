import {
  type AtomicUsdc,
  BursarError,
  bursarErrorOf,
  formatUsdc,
  type NetworkId,
  type Purchase,
  parseUsdc,
  type ServicePayment,
  type ServiceReceipt,
  sameAddress,
  TOP_UP_LABEL
} from '@bursar/core'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { creditDelayed } from './prepaid-errors.js'
import { readBalance } from './read-account.js'
import { type Question, readAnswer } from './read-answer.js'
import type { CreditedTopUp } from './service.js'

/** A top-up that was paid and credited. */
export interface TopUp {
  /** The wallet that paid and whose balance it is. */
  readonly wallet: string
  readonly network: NetworkId
  /** The token that was paid in; absent when the service asked for no payment. */
  readonly asset?: string
  /** Decimal USDC that was credited. */
  readonly credited: string
  /** Decimal USDC that was paid, the service's gas included. */
  readonly paid: string
  /** Decimal USDC that the balance holds now; absent when the service could not be asked. */
  readonly balance?: string
  /** Of the payment; absent when the service named none. */
  readonly transaction?: string
}

/** The label that holds what a top-up brings, in decimal USDC. */
const AMOUNT_LABEL = 'top-up-usdc'

/** Marks a purchase as a top-up. */
function topUpLabels(origin: string, amount: AtomicUsdc): Readonly<Record<string, string>> {
  return { ...topUpScope(origin), [AMOUNT_LABEL]: formatUsdc(amount) }
}

/** The label that all top-ups at an origin have, by which their budgets count them. */
export function topUpScope(origin: string): Readonly<Record<string, string>> {
  return { [TOP_UP_LABEL]: origin }
}

/** Whether a purchase is a top-up of a balance at an origin, from a network. */
export function isTopUpOf(
  { origin, network }: Pick<PrepaidContext, 'origin' | 'network'>,
  { labels, offer }: Purchase
): boolean {
  return labels[TOP_UP_LABEL] === origin && offer.network === network
}

/** What a top-up brings. */
export function topUpAmount({ labels }: Purchase): AtomicUsdc {
  return parseUsdc(labels[AMOUNT_LABEL] ?? '0')
}

/**
 * Pays for a top-up of exactly this amount, on the network of the proven wallet.
 *
 * @param terms what a rule adds: a name, and budgets of its own.
 * @throws {BursarError} as the paying fetch, `balance/credit-delayed`, `service/*`
 */
export async function topUp(
  context: PrepaidContext,
  amount: AtomicUsdc,
  terms: Pick<ServicePayment, 'purchase' | 'topUpRoom'> = {}
): Promise<TopUp> {
  const wallet = await walletOf(context).address()
  const response = await pay(context, amount, terms)
  const receipt = context.receiptOf(response)
  const question: Question = {
    service: context.service.name,
    origin: context.origin,
    operation: 'top-up',
    moneyState: receipt?.moneyState ?? 'none',
    clock: context.parts.clock
  }
  const told = context.service.readTopUp(await readAnswer(question, response))
  if (!told || told.credited !== amount || !sameAddress(told.wallet, wallet))
    throw creditDelayed(context, { wallet, amount, reason: whatIsWrong(told) })
  return report(context, told, { wallet, receipt })
}

async function pay(
  context: PrepaidContext,
  amount: AtomicUsdc,
  terms: Pick<ServicePayment, 'purchase' | 'topUpRoom'>
): Promise<Response> {
  const { service, base, origin, network, parts } = context
  const { path, body } = service.topUp(amount)
  try {
    return await parts.pay(`${base}${path}`, {
      method: 'POST',
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      bursar: {
        ...terms,
        labels: topUpLabels(origin, amount),
        prefer: [network],
        rejectionReason: (offer) =>
          offer.network.id === network
            ? service.rejectionReason(offer, amount)
            : `the balance is on ${network}`
      }
    })
  } catch (error) {
    const overLimit = bursarErrorOf(error, 'offer/over-limit')
    throw overLimit ? aboutTopUp(overLimit, amount) : error
  }
}

/** The caller may have asked for a text: a rejection says that it was a top-up that did not fit. */
function aboutTopUp(error: BursarError<'offer/over-limit'>, amount: AtomicUsdc): BursarError {
  const { context, moneyState, message } = error
  return new BursarError('offer/over-limit', {
    message: `A top-up of ${formatUsdc(amount)} USDC was refused: ${message}`,
    context,
    moneyState,
    cause: error
  })
}

async function report(
  context: PrepaidContext,
  { credited, balance }: CreditedTopUp,
  { wallet, receipt }: { readonly wallet: string; readonly receipt: ServiceReceipt | undefined }
): Promise<TopUp> {
  // The top-up is paid and credited; a balance that cannot be read now is no failure.
  const left = balance ?? (await readBalance(context).catch(() => undefined))
  return {
    wallet,
    network: context.network,
    credited: formatUsdc(credited),
    paid: receipt?.amount ?? '0',
    ...(receipt ? { asset: receipt.asset } : {}),
    ...(left === undefined ? {} : { balance: formatUsdc(left) }),
    ...(receipt?.transaction === undefined ? {} : { transaction: receipt.transaction })
  }
}

function whatIsWrong(told: CreditedTopUp | undefined): string {
  if (!told) return 'the service does not say what was credited'
  return `the service says that ${formatUsdc(told.credited)} USDC were credited to ${told.wallet}`
}
