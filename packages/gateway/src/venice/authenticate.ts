import type { Address } from 'viem'
import type { HttpResponse } from '../server/response.js'
import type { RequestContext } from '../server/route.js'
import type { VeniceContext } from './context.js'
import { insufficientBalance, veniceError } from './errors.js'

/** Verifies the wallet proof of a request, and answers as the wallet's owner may be answered. */
export async function withWallet(
  { signIns, runtime }: VeniceContext,
  { request }: RequestContext,
  respond: (wallet: Address) => HttpResponse | Promise<HttpResponse>
): Promise<HttpResponse> {
  const header = request.header('x-sign-in-with-x')
  if (header === undefined) return insufficientBalance(0n)
  const proof = await signIns.verify(header, { host: new URL(runtime.url()).host, nowMs: runtime.nowMs() })
  return 'wallet' in proof
    ? respond(proof.wallet)
    : veniceError(401, proof.rejection, 'The sign-in is rejected.')
}
