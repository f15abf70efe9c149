import type { JsonObject } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import { balanceAnswer, modelsAnswer, movementsAnswer, topUpAnswer } from './answers.js'
import type { KatanaRequest, RetargetOptions, VeniceRequest } from './retarget-options.js'

/** What Katana has in place of an endpoint of Venice. */
export interface Counterpart {
  readonly method: 'GET' | 'POST'
  /** From Venice's `/api/v1` on. Its group is the wallet. */
  readonly path: RegExp
  translate(
    request: VeniceRequest,
    wallet: string,
    options: RetargetOptions
  ): Omit<KatanaRequest, 'method' | 'headers'>
}

const chat: Counterpart = {
  method: 'POST',
  path: /^\/chat\/completions$/,
  translate: ({ body = {}, headers }, _wallet, options) => ({
    path: '/v1/chat/completions',
    body: chatBody(body, options),
    provesWallet: 'x-sign-in-with-x' in headers,
    answer: (answer) => answer
  })
}

const topUp: Counterpart = {
  method: 'POST',
  path: /^\/x402\/top-up$/,
  translate: (_request, _wallet, { topUp: amount = '5.00' }) => ({
    path: '/v1/x402/top-up',
    body: { amount_usdc: amount },
    provesWallet: false,
    answer: topUpAnswer
  })
}

/** A list or a sum of a wallet. */
function ofWallet(name: 'balance' | 'transactions', answer: KatanaRequest['answer']): Counterpart {
  return {
    method: 'GET',
    path: new RegExp(`^/x402/${name}/(\\w+)$`),
    translate: (_request, wallet) => ({ path: `/v1/x402/${name}/${wallet}`, provesWallet: true, answer })
  }
}

const models: Counterpart = {
  method: 'GET',
  path: /^\/models$/,
  translate: () => ({ path: '/v1/models', provesWallet: false, answer: modelsAnswer })
}

/** Every endpoint of Venice that has a counterpart. */
export const counterparts: readonly Counterpart[] = [
  chat,
  topUp,
  ofWallet('balance', balanceAnswer),
  ofWallet('transactions', movementsAnswer),
  models
]

/** Venice's own parameters are rejected, since they would be lost silently. */
function chatBody(body: JsonObject, { models: names = {} }: RetargetOptions): JsonObject {
  if (body.venice_parameters !== undefined)
    throw invalidRequest([
      {
        field: 'venice_parameters',
        rule: 'no_counterpart',
        message: 'venice_parameters have no counterpart at Katana',
        allowed: "OpenAI's fields"
      }
    ])
  const model = typeof body.model === 'string' ? body.model : ''
  return { ...body, model: Object.hasOwn(names, model) ? (names[model] ?? model) : model }
}
