import type { GatewayRuntime } from '../../runtime.js'
import { errorResponse, type HttpResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import type { KatanaSettings } from '../options.js'
import type { Accounts, AuthenticatedAccount } from './accounts.js'
import { type ProvenWallet, verifyWalletProof } from './wallet-proof.js'

/** A request that is paid by funds which the gateway already holds: an account's credits or a wallet's balance. */
export type HeldFunds =
  | { readonly path: 'account'; readonly account: AuthenticatedAccount }
  | { readonly path: 'wallet'; readonly wallet: ProvenWallet }

/** How a request is paid. */
export type BillingPath = { readonly path: 'direct' } | HeldFunds | RejectedPath

interface RejectedPath {
  readonly path: 'rejected'
  readonly response: HttpResponse
}

/** What finding the billing path needs. */
export interface BillingPathContext {
  readonly accounts: Accounts
  readonly settings: Pick<KatanaSettings, 'loneCredential' | 'proofMaxAgeSeconds' | 'proofTimesMatter'>
  readonly runtime: Pick<GatewayRuntime, 'nowMs'>
}

/** Finds the billing path of a request. More than one at once is an error (Katana 17 to 21). */
export async function billingPathOf(
  context: BillingPathContext,
  { request, paid }: Pick<RequestContext, 'request' | 'paid'>
): Promise<BillingPath> {
  const credentials = context.accounts.read(request)
  const hasKey =
    credentials !== 'none' && (credentials !== 'lone' || context.settings.loneCredential === 'reject')
  const proof = request.header('x-sign-in-with-x')
  if ([hasKey, proof !== undefined, paid].filter(Boolean).length > 1) {
    return rejected(400, 'several_billing_paths', 'Use one of API key, payment and wallet balance.')
  }
  if (hasKey) {
    return typeof credentials === 'object'
      ? { path: 'account', account: credentials }
      : rejected(401, 'invalid_credentials', credentialProblems[credentials])
  }
  return proof === undefined ? { path: 'direct' } : provenPath(context, proof)
}

/** Verifies a wallet proof. Without a valid one, nothing of a wallet is shown or spent (Katana 60 and 64). */
export async function provenPath(
  { settings, runtime }: BillingPathContext,
  proof: string
): Promise<Extract<BillingPath, { path: 'wallet' | 'rejected' }>> {
  const wallet = await verifyWalletProof(proof, {
    maxAgeSeconds: settings.proofMaxAgeSeconds,
    timesMatter: settings.proofTimesMatter,
    nowMs: runtime.nowMs()
  })
  return typeof wallet === 'string'
    ? rejected(401, 'invalid_wallet_proof', `The wallet proof is rejected: ${wallet}.`)
    : { path: 'wallet', wallet }
}

const credentialProblems = {
  none: 'An API key is needed.',
  unknown: 'The API key is not known. To pay with x402, leave it out.',
  lone: 'A key without its secret, or a bearer token without a colon, is not a credential. To pay with x402, leave it out.'
}

function rejected(status: number, code: string, message: string): RejectedPath {
  return { path: 'rejected', response: errorResponse(status, code, message) }
}
