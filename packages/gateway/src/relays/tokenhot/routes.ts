import type { JsonObject } from '@bursar/core'
import { readJson } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { Route } from '../../server/route.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { readForm } from '../form.js'
import {
  authenticate,
  billingUsage,
  isResponse,
  QUOTA_PER_USD,
  relayError,
  subscription,
  taskDto,
  taskError
} from '../new-api.js'
import { chatCompletion, openAiResponse, replyTo } from '../texts.js'
import { prices } from './price-list.js'
import { sellGemini, sellImages, sellText, sellTranscription, sellVideo } from './sales.js'

const MICRO = 1_000_000

type Sell = (account: OpenRelayAccount, body: JsonObject) => HttpResponse

/** Tokenhot's endpoints, under `/relays/tokenhot`. */
export function tokenhotRoutes(context: RelayContext): readonly Route[] {
  const { accounts, tasks } = context
  const billed = (path: string, sell: Sell): Route => ({
    methods: ['POST'],
    path: new RegExp(`^/relays/tokenhot${path}$`),
    misbehaves: true,
    async handle({ request, params, faults }) {
      const account = authenticate(accounts, request)
      if (isResponse(account)) return account
      const asked = await readJson(request)
      const body = params[0] === undefined ? asked : { ...asked, model: decodeURIComponent(params[0]) }
      if (typeof body.model !== 'string' || body.model === '')
        return relayError(400, 'invalid_request', 'model is required')
      if (!prices.has(body.model))
        return relayError(503, 'model_not_found', `No available channel for model ${body.model}`)
      return faults.afterSettling(sell(account, body), () => jsonResponse(200, {}))
    }
  })
  const open = (path: string, handle: Route['handle']): Route => ({
    methods: ['GET'],
    path: new RegExp(`^/relays/tokenhot${path}$`),
    handle
  })
  const own = (path: string, response: (account: OpenRelayAccount, id: string) => HttpResponse): Route =>
    open(path, ({ request, params: [id = ''] }) => {
      const account = authenticate(accounts, request)
      return isResponse(account) ? account : response(account, id)
    })
  return [
    billed('/v1/images/generations', (account, body) => sellImages(context, account, body)),
    billed('/v1beta/models/([^/:]+):generateContent', (account, body) => sellGemini(context, account, body)),
    billed('/v1/video/generations', (account, body) => sellVideo(context, account, body)),
    billed('/v1/chat/completions', (account, body) =>
      sellText(context, account, body, (id, seconds) => chatCompletion(id, seconds, replyTo(body, 4096)))
    ),
    billed('/v1/responses', (account, body) =>
      sellText(context, account, body, (id, seconds) => openAiResponse(id, seconds, replyTo(body, 4096)))
    ),
    {
      methods: ['POST'],
      path: /^\/relays\/tokenhot\/v1\/audio\/(?:transcriptions|translations)$/,
      misbehaves: true,
      async handle({ request }) {
        const account = authenticate(accounts, request)
        return isResponse(account) ? account : sellTranscription(account, await readForm(request))
      }
    },
    own('/v1/video/generations/([\\w-]+)', ({ key }, id) => {
      const task = tasks.find(id, key)
      return task ? taskDto(tasks, task) : taskError(400, 'task_not_exist', 'task_not_exist')
    }),
    own('/v1/dashboard/billing/subscription', subscription),
    own('/v1/dashboard/billing/usage', billingUsage),
    own('/v1/models', () =>
      jsonResponse(200, { object: 'list', data: [...prices.keys()].map((id) => ({ id, object: 'model' })) })
    ),
    open('/api/pricing', () => {
      const data = [...prices].map(([name, each]) => ({
        model_name: name,
        quota_type: 1,
        model_price: Number(each) / MICRO,
        model_ratio: 0
      }))
      return jsonResponse(200, { success: true, data, group_ratio: { default: 1 } })
    }),
    open('/api/status', () =>
      jsonResponse(200, { success: true, data: { quota_per_unit: QUOTA_PER_USD, price: 7 } })
    )
  ]
}
