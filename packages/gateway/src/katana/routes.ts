import { errorResponse, type HttpResponse, jsonResponse } from '../server/response.js'
import type { RequestContext, Route } from '../server/route.js'
import { walletRoutes } from './billing/wallet-routes.js'
import { formatBalance } from './catalogue/credits.js'
import { modelList } from './catalogue/model-list.js'
import { attest } from './chat/attestation.js'
import { sellChat } from './chat/sell-chat.js'
import type { KatanaContext } from './context.js'
import { discovery } from './discovery.js'
import { sellGeneration } from './generation/sell-generation.js'

/** Katana's endpoints. */
export function katanaRoutes(context: KatanaContext): readonly Route[] {
  return [
    ...publicRoutes(context),
    ...generationRoutes(context),
    ...walletRoutes(context),
    {
      methods: ['POST'],
      path: /^\/v1\/chat\/completions$/,
      sells: 'by-body',
      handle: (incoming) => sellChat(context, incoming)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/me\/balance$/,
      takesFaults: true,
      handle: (incoming) => showCredits(context, incoming)
    }
  ]
}

function publicRoutes({ facilitators }: KatanaContext): readonly Route[] {
  return [
    { methods: ['GET'], path: /^\/v1\/x402$/, handle: () => jsonResponse(200, discovery(facilitators)) },
    { methods: ['GET'], path: /^\/v1\/models$/, handle: () => jsonResponse(200, modelList()) },
    { methods: ['GET'], path: /^\/v1\/text\/attestation$/, handle: ({ request }) => attest(request.search) }
  ]
}

function generationRoutes(context: KatanaContext): readonly Route[] {
  const { jobs, accounts } = context
  return [
    {
      methods: ['POST'],
      path: /^\/v1\/generation-requests$/,
      sells: 'by-body',
      handle: (incoming) => sellGeneration(context, incoming)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/generation-requests\/([\w-]+)$/,
      takesFaults: true,
      handle: ({ request, params: [requestId = ''] }) => jobs.poll(requestId, accounts.read(request))
    },
    {
      methods: ['GET'],
      path: /^\/assets\/([\w-]+)\/([\w.]+)$/,
      takesFaults: true,
      handle: ({ params: [jobId = '', name = ''] }) => jobs.asset(jobId, name)
    }
  ]
}

/** The credits of an API key's account, as decimal text. A wallet's balance is not shown here (Katana 147). */
function showCredits({ accounts, balances }: KatanaContext, { request }: RequestContext): HttpResponse {
  const account = accounts.read(request)
  if (typeof account !== 'object')
    return errorResponse(401, 'invalid_credentials', 'An API key and its secret are needed.')
  const credits = balances.accountBalance(account.key, account.openingCredits)
  return jsonResponse(200, { credits: formatBalance(credits) })
}
