import { formatUsdc, isBursarError, parseUsdc } from '@bursar/core'
import type { FaultEffects } from '../../faults/fault.js'
import type { Receipt } from '../../payment/charge.js'
import { fingerprintOf, readJson } from '../../server/request.js'
import { errorResponse, HttpError, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import { type KatanaContext, urlOf } from '../context.js'
import { billingPathOf } from './billing-path.js'

/** `POST /v1/x402/top-up`: sells wallet balance. Only a payment can pay for it. */
export async function sellTopUp(context: KatanaContext, incoming: RequestContext): Promise<HttpResponse> {
  const { request, faults } = incoming
  const path = await billingPathOf(context, incoming)
  if (path.path === 'rejected') return path.response
  if (path.path !== 'direct')
    return errorResponse(400, 'several_billing_paths', 'A top-up is paid by a payment and by nothing else.')
  const amountAtomic = readAmount((await readJson(request)).amount_usdc)
  return context.payments.sell(incoming, {
    protocol: context.protocol,
    price: { subtotalAtomic: amountAtomic, gasAtomic: context.settings.gasAtomic },
    resource: { url: urlOf(context, request), description: 'Wallet balance' },
    quoteKey: await fingerprintOf(request),
    fulfil: async (receipt) => {
      credit(context, receipt, { amountAtomic, effects: faults.effects() })
      return describe(context, receipt, amountAtomic)
    }
  })
}

/** Reads an amount: decimal text above zero with at most six decimals (Katana 57, assumed). */
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

function credit(
  { billing, runtime }: KatanaContext,
  receipt: Receipt,
  { amountAtomic, effects }: { readonly amountAtomic: bigint; readonly effects: FaultEffects }
): void {
  if (effects.credit === 'never') return
  const credit = (): void => billing.credit(receipt, amountAtomic)
  if (effects.credit === 'delayed') void runtime.sleep(effects.delayMs ?? 1000).then(credit)
  else credit()
}

function describe(context: KatanaContext, receipt: Receipt, amountAtomic: bigint): HttpResponse {
  const { facilitator, payer, transaction } = receipt
  const { network, asset } = facilitator
  return jsonResponse(200, {
    wallet_address: payer,
    network,
    asset,
    credited_usdc: formatUsdc(amountAtomic),
    paid_usdc: formatUsdc(receipt.amountAtomic),
    balance_usdc: formatUsdc(context.billing.balanceOf({ network, address: payer })),
    transaction
  })
}
