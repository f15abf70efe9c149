import { formatUsdc, isBursarError, parseUsdc } from '@bursar/core'
import type { PaymentDesk } from '../../payment/desk.js'
import { type Answer, errorAnswer, HttpProblem, jsonAnswer } from '../../server/answer.js'
import { fingerprintOf, readJson } from '../../server/arrival.js'
import type { Route, RouteVisit } from '../../server/route.js'
import { timestamp } from '../job.js'
import { type BillingContext, billingPathOf, provenPath } from './billing-path.js'
import type { Till, TillContext } from './till.js'
import type { ProvenWallet } from './wallet-proof.js'

/** What the wallets' routes work with. */
export interface WalletContext extends TillContext {
  readonly billing: BillingContext
  readonly till: Till
  readonly desk: PaymentDesk
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
      handle: (visit) => sellTopUp(context, visit)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/balance\/([\w]+)$/,
      misbehaves: true,
      handle: (visit) => showWallet(context, visit, (wallet) => balanceOf(context, wallet))
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/transactions\/([\w]+)$/,
      misbehaves: true,
      handle: (visit) => showWallet(context, visit, (wallet) => transactionsOf(context, wallet, visit))
    }
  ]
}

async function sellTopUp(context: WalletContext, { arrival, paid, faults }: RouteVisit): Promise<Answer> {
  const { billing, desk, protocol, gasAtomic, url, till } = context
  const path = await billingPathOf(billing, arrival, paid)
  if (path.path === 'refused') return path.answer
  if (path.path !== 'direct') {
    return errorAnswer(400, 'several_billing_paths', 'A top-up is paid by a payment, and by nothing else.')
  }
  const amountAtomic = readAmount((await readJson(arrival)).amount_usdc)
  const { credit = 'now', delayMs = 1000 } = faults.bend()
  const order = {
    price: { subtotalAtomic: amountAtomic, gasAtomic },
    sale: { url: `${url()}${arrival.path}`, description: 'Wallet balance' },
    quoteKey: await fingerprintOf(arrival),
    fulfil: async (receipt: Parameters<Parameters<PaymentDesk['serve']>[2]['fulfil']>[0]) => {
      const { facilitator, payer, transaction } = receipt
      const give = (): void => till.credit(facilitator, payer, amountAtomic, transaction)
      if (credit === 'now') give()
      if (credit === 'late') void context.sleep(delayMs).then(give)
      const wallet = { network: facilitator.network, address: payer }
      return jsonAnswer(200, {
        wallet_address: payer,
        network: facilitator.network,
        asset: facilitator.asset,
        credited_usdc: formatUsdc(amountAtomic),
        paid_usdc: formatUsdc(receipt.amountAtomic),
        balance_usdc: formatUsdc(context.vault.walletBalance(till.walletName(wallet) ?? '')),
        transaction
      })
    }
  }
  return desk.serve(arrival, protocol, order, faults)
}

/** Katana 57, assumed: decimal text, above zero, of six decimals at most. */
function readAmount(value: unknown): bigint {
  try {
    const amount = parseUsdc(typeof value === 'string' ? value : '')
    if (amount > 0n) return amount
  } catch (error) {
    if (!isBursarError(error, 'amount/malformed')) throw error
  }
  throw new HttpProblem(
    400,
    'invalid_request',
    'amount_usdc must be a decimal string above zero, such as "1.00".'
  )
}

/** Katana 64 and 65: a wallet is shown to itself only. */
async function showWallet(
  { billing }: WalletContext,
  { arrival, params: [asked = ''] }: RouteVisit,
  show: (wallet: ProvenWallet) => Answer
): Promise<Answer> {
  const proof = arrival.header('x-sign-in-with-x')
  if (proof === undefined) return errorAnswer(401, 'wallet_proof_required', 'X-Sign-In-With-X is missing.')
  const proven = await provenPath(billing, proof)
  if (proven.path === 'refused') return proven.answer
  const { wallet } = proven
  const isTheirs = wallet.network.startsWith('eip155:')
    ? wallet.address.toLowerCase() === asked.toLowerCase()
    : wallet.address === asked
  if (isTheirs) return show(wallet)
  return errorAnswer(403, 'other_wallet', 'The proof is of another wallet than the one that is asked about.')
}

/** Katana 67: a wallet that nobody funded has nothing. */
function balanceOf({ till, vault, facilitators }: WalletContext, wallet: ProvenWallet): Answer {
  const balance = vault.walletBalance(till.walletName(wallet) ?? '')
  return jsonAnswer(200, {
    wallet_address: wallet.address,
    network: wallet.network,
    asset: facilitators.find(({ network }) => network === wallet.network)?.asset ?? null,
    balance_usdc: formatUsdc(balance)
  })
}

/** Newest first. `limit` and `cursor` are this gateway's own (Katana 66 names the list and no more). */
function transactionsOf(
  { till, vault }: WalletContext,
  wallet: ProvenWallet,
  { arrival: { search } }: RouteVisit
): Answer {
  const limit = Math.min(Math.max(Number(search.get('limit') ?? PAGE) || PAGE, 1), MAX_PAGE)
  const entries = vault.entriesOf(till.walletName(wallet) ?? '')
  const cursor = search.get('cursor')
  const start = cursor === null ? 0 : entries.findIndex(({ id }) => id === cursor) + 1
  const page = entries.slice(start, start + limit)
  const last = page.at(-1)
  return jsonAnswer(200, {
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
