import { errorResponse, type HttpResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import type { KatanaContext } from '../context.js'
import { provenPath } from './billing-path.js'
import { sellTopUp } from './sell-top-up.js'
import { balanceBody, transactionsBody } from './wallet-bodies.js'
import type { ProvenWallet } from './wallet-proof.js'

/** Top-ups, balances and their transactions. */
export function walletRoutes(context: KatanaContext): readonly Route[] {
  return [
    {
      methods: ['POST'],
      path: /^\/v1\/x402\/top-up$/,
      sells: 'by-body',
      handle: (incoming) => sellTopUp(context, incoming)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/balance\/(\w+)$/,
      takesFaults: true,
      handle: (incoming) => showToOwner(context, incoming, (wallet) => balanceBody(context, wallet))
    },
    {
      methods: ['GET'],
      path: /^\/v1\/x402\/transactions\/(\w+)$/,
      takesFaults: true,
      handle: (incoming) =>
        showToOwner(context, incoming, (wallet) => transactionsBody(context, wallet, incoming.request.search))
    }
  ]
}

/** Shows a wallet to its owner and to no one else (Katana 64 and 65). */
async function showToOwner(
  context: KatanaContext,
  { request, params: [named = ''] }: RequestContext,
  show: (wallet: ProvenWallet) => HttpResponse
): Promise<HttpResponse> {
  const proof = request.header('x-sign-in-with-x')
  if (proof === undefined) return errorResponse(401, 'wallet_proof_required', 'X-Sign-In-With-X is missing.')
  const proven = await provenPath(context, proof)
  if (proven.path === 'rejected') return proven.response
  const { wallet } = proven
  const isOwner = wallet.network.startsWith('eip155:')
    ? wallet.address.toLowerCase() === named.toLowerCase()
    : wallet.address === named
  if (isOwner) return show(wallet)
  return errorResponse(403, 'other_wallet', 'The proof is of another wallet than the one in the path.')
}
