import type { HttpRequest } from '../../server/request.js'
import { errorResponse, type HttpResponse } from '../../server/response.js'
import type { Accounts, OpenAccount } from './accounts.js'
import { type ProvenWallet, verifyWalletProof } from './wallet-proof.js'

/** The one way in which a request is paid for. */
export type BillingPath =
  | { readonly path: 'direct' }
  | { readonly path: 'account'; readonly account: OpenAccount }
  | { readonly path: 'wallet'; readonly wallet: ProvenWallet }
  | { readonly path: 'refused'; readonly response: HttpResponse }

/** What reading the path takes. */
export interface BillingPathContext {
  readonly accounts: Accounts
  readonly loneCredential: 'reject' | 'ignore'
  readonly proofMaxAgeSeconds: number
  readonly proofTimesMatter: boolean
  readonly nowMs: () => number
}

/**
 * Holds a request to one billing path (Katana 17 to 21).
 *
 * @param paid whether the request carries a payment.
 */
export async function billingPathOf(
  context: BillingPathContext,
  request: HttpRequest,
  paid: boolean
): Promise<BillingPath> {
  const credentials = context.accounts.read(request)
  const hasKey = credentials !== 'none' && (credentials !== 'lone' || context.loneCredential === 'reject')
  const proof = request.header('x-sign-in-with-x')
  if ([hasKey, proof !== undefined, paid].filter(Boolean).length > 1) {
    return refused(400, 'several_billing_paths', 'Use one of API key, payment and wallet balance.')
  }
  if (hasKey) {
    return typeof credentials === 'object'
      ? { path: 'account', account: credentials }
      : refused(401, 'invalid_credentials', unauthorized[credentials])
  }
  return proof === undefined ? { path: 'direct' } : provenPath(context, proof)
}

/** Katana 60 and 64: without a proof that holds, nothing of a wallet is told or spent. */
export async function provenPath(
  { proofMaxAgeSeconds: maxAgeSeconds, proofTimesMatter: timesMatter, nowMs }: BillingPathContext,
  proof: string
): Promise<Extract<BillingPath, { path: 'wallet' | 'refused' }>> {
  const wallet = await verifyWalletProof(proof, { maxAgeSeconds, timesMatter, nowMs: nowMs() })
  return typeof wallet === 'string'
    ? refused(401, 'invalid_wallet_proof', `The wallet proof is refused: ${wallet}.`)
    : { path: 'wallet', wallet }
}

const unauthorized = {
  none: 'An API key is needed.',
  unknown: 'The API key is not known. To pay with x402, leave it out.',
  lone: 'A key without its secret, or a bearer token without a colon, is no credential. To pay with x402, leave it out.'
}

function refused(status: number, code: string, message: string): { path: 'refused'; response: HttpResponse } {
  return { path: 'refused', response: errorResponse(status, code, message) }
}
