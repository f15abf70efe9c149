import {
  abortable,
  type BursarError,
  bursarErrorOf,
  type SignInRequest,
  type WalletProof,
  within
} from '@bursar/core'
import { isRedirect, redirectRejected } from '../request/redirected-request.js'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { canSignIn } from './asks-for-sign-in.js'
import type { ChallengedCall } from './call.js'
import { sendUnpaid } from './discover.js'
import { emitSignIn } from './emit.js'
import type { PaymentContext } from './payment-context.js'
import { readPrice } from './read-challenge.js'
import { asksForSignInAlone, signInRejected } from './sign-in-rejected.js'
import { SIGNING_MS } from './signing-time.js'

/** What came of a sign-in: the answer, or the call with the price that is to be paid. */
export type SignInOutcome =
  | { readonly response: IncomingResponse }
  | { readonly response?: undefined; readonly call: ChallengedCall }

/**
 * Signs in to a server that asks for it, where this account has bought what is there, the user said always, or the
 * server asks for nothing else. One proof is made for a call, and it is sent to the URL that asked and nowhere else.
 *
 * @returns the call as it was where it does not sign in, and with the new price where the proof was not taken.
 * @throws {BursarError} `proof/refused`, `proof/challenge-refused`, `request/redirected`, `signer/failed`
 * @see x402 sign-in-with-x
 */
export async function signIn(context: PaymentContext, call: ChallengedCall): Promise<SignInOutcome> {
  const isAlone = asksForSignInAlone(call.challenge)
  if (!canSignIn(context, call)) {
    if (isAlone) throw signInRejected(call, 402, 'no account here signs in')
    return { call }
  }
  const addresses = isAlone || modeOf(context, call) === 'always' ? undefined : await buyers(context, call)
  if (addresses?.length === 0) return { call }
  return signInAs(context, call, addresses)
}

/** Signs in as one of these accounts, or as any. */
export async function signInAs(
  context: PaymentContext,
  call: ChallengedCall,
  addresses: readonly string[] | undefined
): Promise<SignInOutcome> {
  const proof = await createProof(context, call, addresses)
  return proof ? present(context, call, proof) : { call }
}

function modeOf({ signIn: mode }: PaymentContext, { options }: ChallengedCall) {
  return options.signIn ?? mode
}

/** The accounts that have bought what is there. Who pays again on purpose does not sign in. */
async function buyers(
  context: PaymentContext,
  { request: { url, signal }, options }: ChallengedCall
): Promise<readonly string[]> {
  if (options.again) return []
  const payers = await abortable(context.payerAddresses(), signal)
  const place = { origin: url.origin, path: url.pathname }
  const bought = await Promise.all(
    payers.map((payer) => context.ledger.hasBought({ ...place, payer }, { signal }))
  )
  return payers.filter((_, index) => bought[index])
}

/** @returns `undefined` where nobody signs in, and there is a price to pay. */
async function createProof(
  context: PaymentContext,
  call: ChallengedCall,
  addresses: SignInRequest['addresses']
): Promise<WalletProof | undefined> {
  const { challenge, request } = call
  const proving = async (): Promise<WalletProof | undefined> =>
    context.proofs?.createProof({ challenge, url: request.url, addresses })
  const late = (): BursarError =>
    signInRejected(call, 402, `the wallet did not answer within ${SIGNING_MS / 1000} s`)
  const { signal } = request
  try {
    return await within(proving(), { ms: SIGNING_MS, clock: context.clock, late, signal })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined || asksForSignInAlone(challenge)) throw error
    emitSignIn(context, call, { type: 'sign-in-refused', reason })
    return undefined
  }
}

/** Why nobody signs in: not every account that pays can, such as a contract, or a wallet that signs no texts. */
function reasonOf(error: unknown): string | undefined {
  const refused =
    bursarErrorOf(error, 'proof/challenge-refused') ??
    bursarErrorOf(error, 'proof/refused') ??
    bursarErrorOf(error, 'signer/failed')
  return refused?.context.reason
}

async function present(
  context: PaymentContext,
  call: ChallengedCall,
  proof: WalletProof
): Promise<SignInOutcome> {
  const { request } = call
  const response = await sendUnpaid(context, call, { payment: proof.headerFor(request.url) })
  const { status } = response
  emitSignIn(context, call, { type: 'signed-in', status })
  if (status === 402) return readNewPrice(context, call, response)
  const rejection = rejectionOf(call, response)
  if (!rejection) return { response }
  await response.discard()
  throw rejection
}

/** A proof that was not taken is answered with the price again, in a fresh challenge. */
async function readNewPrice(
  context: PaymentContext,
  call: ChallengedCall,
  response: IncomingResponse
): Promise<SignInOutcome> {
  const challenge = await readPrice(context, { ...call, response, platformFollowed: false })
  if ('reason' in challenge) return { response }
  await response.discard()
  if (asksForSignInAlone(challenge)) throw signInRejected(call, 402, challenge.error)
  return { call: { ...call, challenge } }
}

function rejectionOf(call: ChallengedCall, response: IncomingResponse): BursarError | undefined {
  const { status } = response
  if (status === 401) return signInRejected(call, status)
  const location = response.header('location')
  if (status !== 0 && !(isRedirect(status) && location !== undefined)) return undefined
  const redirect = { status, location: location ?? '' }
  return redirectRejected(call.request, redirect, 'after a sign-in, which is not carried along')
}
