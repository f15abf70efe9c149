import { errorAnswer, jsonAnswer } from '../server/answer.js'
import type { Route } from '../server/route.js'
import { attest } from './attestation.js'
import { walletRoutes } from './billing/wallet-routes.js'
import { sellChat } from './chat-sale.js'
import type { KatanaContext } from './context.js'
import { formatCredits } from './credits.js'
import { discovery } from './discovery.js'
import { sellGeneration } from './generation-sale.js'
import { modelList } from './models.js'

/** Katana's endpoints. */
export function katanaRoutes(context: KatanaContext): readonly Route[] {
  const { generation, facilitators, billing, vault, settings } = context
  return [
    { methods: ['GET'], path: /^\/v1\/x402$/, handle: () => jsonAnswer(200, discovery(facilitators)) },
    { methods: ['GET'], path: /^\/v1\/models$/, handle: () => jsonAnswer(200, modelList()) },
    {
      methods: ['POST'],
      path: /^\/v1\/generation-requests$/,
      sells: 'by-body',
      handle: (visit) => sellGeneration(context, visit)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/generation-requests\/([\w-]+)$/,
      misbehaves: true,
      handle: ({ arrival, params: [requestId = ''] }) =>
        generation.poll(requestId, billing.accounts.read(arrival))
    },
    {
      methods: ['POST'],
      path: /^\/v1\/chat\/completions$/,
      sells: 'by-body',
      handle: (visit) => sellChat(context, visit)
    },
    { methods: ['GET'], path: /^\/v1\/text\/attestation$/, handle: ({ arrival }) => attest(arrival.search) },
    {
      methods: ['GET'],
      path: /^\/v1\/me\/balance$/,
      misbehaves: true,
      handle({ arrival }) {
        const account = billing.accounts.read(arrival)
        // Katana 147: decimal text, and never a wallet's balance.
        return typeof account === 'object'
          ? jsonAnswer(200, { credits: formatCredits(vault.credits(account.key, account.opening)) })
          : errorAnswer(401, 'invalid_credentials', 'An API key and its secret are needed.')
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
      handle: ({ params: [jobId = '', name = ''] }) => generation.asset(jobId, name)
    }
  ]
}
