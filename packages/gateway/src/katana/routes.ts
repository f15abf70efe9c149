import { errorResponse, jsonResponse } from '../server/response.js'
import type { Route } from '../server/route.js'
import { walletRoutes } from './billing/wallet-routes.js'
import { formatCredits } from './catalogue/credits.js'
import { modelList } from './catalogue/model-list.js'
import { attest } from './chat/attestation.js'
import { sellChat } from './chat/sell-chat.js'
import type { KatanaContext } from './context.js'
import { discovery } from './discovery.js'
import { sellGeneration } from './generation/sell-generation.js'

/** Katana's endpoints. */
export function katanaRoutes(context: KatanaContext): readonly Route[] {
  const { jobs, facilitators, pathContext, balances, settings } = context
  return [
    { methods: ['GET'], path: /^\/v1\/x402$/, handle: () => jsonResponse(200, discovery(facilitators)) },
    { methods: ['GET'], path: /^\/v1\/models$/, handle: () => jsonResponse(200, modelList()) },
    {
      methods: ['POST'],
      path: /^\/v1\/generation-requests$/,
      sells: 'by-body',
      handle: (incoming) => sellGeneration(context, incoming)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/generation-requests\/([\w-]+)$/,
      misbehaves: true,
      handle: ({ request, params: [requestId = ''] }) =>
        jobs.poll(requestId, pathContext.accounts.read(request))
    },
    {
      methods: ['POST'],
      path: /^\/v1\/chat\/completions$/,
      sells: 'by-body',
      handle: (incoming) => sellChat(context, incoming)
    },
    { methods: ['GET'], path: /^\/v1\/text\/attestation$/, handle: ({ request }) => attest(request.search) },
    {
      methods: ['GET'],
      path: /^\/v1\/me\/balance$/,
      misbehaves: true,
      handle({ request }) {
        const account = pathContext.accounts.read(request)
        // Katana 147: decimal text, and never a wallet's balance.
        return typeof account === 'object'
          ? jsonResponse(200, { credits: formatCredits(balances.credits(account.key, account.opening)) })
          : errorResponse(401, 'invalid_credentials', 'An API key and its secret are needed.')
      }
    },
    ...walletRoutes({
      ...context,
      gasAtomic: settings.gasAtomic,
      nowMs: () => context.clock.nowMs(),
      newId: context.newId
    }),
    {
      methods: ['GET'],
      path: /^\/assets\/([\w-]+)\/([\w.]+)$/,
      misbehaves: true,
      handle: ({ params: [jobId = '', name = ''] }) => jobs.asset(jobId, name)
    }
  ]
}
