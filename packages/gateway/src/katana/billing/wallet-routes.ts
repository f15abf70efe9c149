import { formatUsdc, isBursarError, parseUsdc } from '@bursar/core'
import type { PaymentService } from '../../payment/payment-service.js'
import { fingerprintOf, readJson } from '../../server/request.js'
import { errorResponse, HttpError, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import { timestamp } from '../generation/job.js'
import type { Billing, BillingContext } from './billing.js'
import { type BillingPathContext, billingPathOf, provenPath } from './billing-path.js'
import type { ProvenWallet } from './wallet-proof.js'

/** What the wallets' routes work with. */
export interface WalletContext extends BillingContext {
  readonly pathContext: BillingPathContext
  readonly billing: Billing
  readonly payments: PaymentService
  readonly sleep: (ms: number) => Promise<void>
}

/** Katana does not say how transactions are paged. */
const PAGE = 50
const MAX_PAGE = 200

/** Top-ups, balances and their movements. */
export function walletRoutes(context: WalletContext): readonly Route[] {
  return [
    {
      methods: ['POST'],
      path: /^\/v1\/x402\/top-up$/,
      sells: 'by-body',
      handle: (incoming) => sellTopUp(context, incoming)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/balance\/([\w]+)$/,
      misbehaves: true,
      handle: (incoming) => showWallet(context, incoming, (wallet) => balanceOf(context, wallet))
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/transactions\/([\w]+)$/,
      misbehaves: true,
      handle: (incoming) =>
        showWallet(context, incoming, (wallet) => transactionsOf(context, wallet, incoming))
    }
  ]
}

async function sellTopUp(
  context: WalletContext,
  { request, paid, faults }: RequestContext
): Promise<HttpResponse> {
  const { pathContext, payments, protocol, gasAtomic, url, billing } = context
  const path = await billingPathOf(pathContext, request, paid)
  if (path.path === 'refused') return path.response
  if (path.path !== 'direct') {
    return errorResponse(400, 'several_billing_paths', 'A top-up is paid by a payment, and by nothing else.')
  }
  const amountAtomic = readAmount((await readJson(request)).amount_usdc)
  const { credit = 'now', delayMs = 1000 } = faults.effects()
  const charge = {
    price: { subtotalAtomic: amountAtomic, gasAtomic },
    resource: { url: `${url()}${request.path}`, description: 'Wallet balance' },
    quoteKey: await fingerprintOf(request),
    fulfil: async (receipt: Parameters<Parameters<PaymentService['serve']>[2]['fulfil']>[0]) => {
      const { facilitator, payer, transaction } = receipt
      const give = (): void => billing.credit(facilitator, payer, amountAtomic, transaction)
      if (credit === 'now') give()
      if (credit === 'delayed') void context.sleep(delayMs).then(give)
      const wallet = { network: facilitator.network, address: payer }
      return jsonResponse(200, {
        wallet_address: payer,
        network: facilitator.network,
        asset: facilitator.asset,
        credited_usdc: formatUsdc(amountAtomic),
        paid_usdc: formatUsdc(receipt.amountAtomic),
        balance_usdc: formatUsdc(context.balances.walletBalance(billing.walletName(wallet) ?? '')),
        transaction
      })
    }
  }
  return payments.serve(request, protocol, charge, faults)
}

/** Katana 57, assumed: decimal text, above zero, of six decimals at most. */
function readAmount(value: unknown): bigint {
  try {
    const amount = parseUsdc(typeof value === 'string' ? value : '')
    if (amount > 0n) return amount
  } catch (error) {
    if (!isBursarError(error, 'amount/malformed')) throw error
  }
  throw new HttpError(
    400,
    'invalid_request',
    'amount_usdc must be a decimal string above zero, such as "1.00".'
  )
}

/** Katana 64 and 65: a wallet is shown to itself only. */
async function showWallet(
  { pathContext }: WalletContext,
  { request, params: [asked = ''] }: RequestContext,
  show: (wallet: ProvenWallet) => HttpResponse
): Promise<HttpResponse> {
  const proof = request.header('x-sign-in-with-x')
  if (proof === undefined) return errorResponse(401, 'wallet_proof_required', 'X-Sign-In-With-X is missing.')
  const proven = await provenPath(pathContext, proof)
  if (proven.path === 'refused') return proven.response
  const { wallet } = proven
  const isTheirs = wallet.network.startsWith('eip155:')
    ? wallet.address.toLowerCase() === asked.toLowerCase()
    : wallet.address === asked
  if (isTheirs) return show(wallet)
  return errorResponse(
    403,
    'other_wallet',
    'The proof is of another wallet than the one that is asked about.'
  )
}

/** Katana 67: a wallet that nobody funded has nothing. */
function balanceOf({ billing, balances, facilitators }: WalletContext, wallet: ProvenWallet): HttpResponse {
  const balance = balances.walletBalance(billing.walletName(wallet) ?? '')
  return jsonResponse(200, {
    wallet_address: wallet.address,
    network: wallet.network,
    asset: facilitators.find(({ network }) => network === wallet.network)?.asset ?? null,
    balance_usdc: formatUsdc(balance)
  })
}

/** Newest first. `limit` and `cursor` are this gateway's own (Katana 66 names the list and no more). */
function transactionsOf(
  { billing, balances }: WalletContext,
  wallet: ProvenWallet,
  { request: { search } }: RequestContext
): HttpResponse {
  const limit = Math.min(Math.max(Number(search.get('limit') ?? PAGE) || PAGE, 1), MAX_PAGE)
  const entries = balances.entriesOf(billing.walletName(wallet) ?? '')
  const cursor = search.get('cursor')
  const start = cursor === null ? 0 : entries.findIndex(({ id }) => id === cursor) + 1
  const page = entries.slice(start, start + limit)
  const last = page.at(-1)
  return jsonResponse(200, {
    wallet_address: wallet.address,
    network: wallet.network,
    transactions: page.map(({ id, kind, amount, balance, transaction, atMs }) => ({
      id,
      type: kind,
      amount_usdc: signedUsdc(BigInt(amount)),
      balance_usdc: formatUsdc(BigInt(balance)),
      ...(transaction === undefined ? {} : { transaction }),
      created_at: timestamp(atMs)
    })),
    next_cursor: last && start + limit < entries.length ? last.id : null
  })
}

function signedUsdc(atomic: bigint): string {
  return atomic < 0n ? `-${formatUsdc(-atomic)}` : formatUsdc(atomic)
}
