import type { JsonObject } from '@bursar/core'
import { readJson } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { readForm } from '../form.js'
import {
  authenticate,
  billingUsage,
  isResponse,
  openAiVideo,
  QUOTA_PER_USD,
  relayError,
  subscription,
  taskDto,
  taskError,
  tokenUsage
} from '../new-api.js'
import { type Dialect, noChannel, sellText } from './chat.js'
import { sellEdit, sellImages } from './images.js'
import { familyOf, modelNames, pricing } from './price-list.js'
import { sellVideo } from './videos.js'

type Sell = (account: OpenRelayAccount, body: JsonObject) => HttpResponse | Promise<HttpResponse>

/** OpenClaw Token's endpoints, under `/relays/openclaw`. */
export function openclawRoutes(context: RelayContext): readonly Route[] {
  const { accounts, tasks } = context

  /** What is asked by whoever has a key. */
  const asked = (
    path: string,
    response: (account: OpenRelayAccount, incoming: RequestContext) => HttpResponse
  ): Route => ({
    methods: ['GET'],
    path: new RegExp(`^/relays/openclaw${path}$`),
    misbehaves: true,
    handle(incoming) {
      const account = authenticate(accounts, incoming.request)
      return isResponse(account) ? account : response(account, incoming)
    }
  })

  /** What is billed: the key, then the body, then the model (OpenClaw 1, 3 and 4). */
  const billed = (path: string, sell: Sell, otherHeader?: 'x-api-key'): Route => ({
    methods: ['POST'],
    path: new RegExp(`^/relays/openclaw/v1${path}$`),
    misbehaves: true,
    async handle(incoming) {
      const account = authenticate(accounts, incoming.request, otherHeader)
      if (isResponse(account)) return account
      const body = await readJson(incoming.request)
      if (typeof body.model !== 'string' || body.model === '')
        return relayError(400, 'invalid_request', 'model is required')
      if (familyOf(body.model) === undefined) return noChannel(body.model)
      const response = incoming.faults.beforeSettling() ?? (await sell(account, body))
      return incoming.faults.afterSettling(response, () => response)
    }
  })

  const text =
    (dialect: Dialect): Sell =>
    (account, body) =>
      sellText(context, account, dialect, body)

  return [
    billed('/chat/completions', text('chat')),
    billed('/messages', text('messages'), 'x-api-key'),
    billed('/responses', text('responses')),
    billed('/images/generations', (account, body) => sellImages(context, account, body)),
    {
      methods: ['POST'],
      path: /^\/relays\/openclaw\/v1\/images\/edits$/,
      misbehaves: true,
      async handle({ request }) {
        const account = authenticate(accounts, request)
        return isResponse(account) ? account : sellEdit(context, account, await readForm(request))
      }
    },
    billed('/video/generations', (account, body) => sellVideo(context, account, body)),
    asked('/v1/videos/([\\w-]+)', ({ key }, { params: [id = ''] }) => {
      const task = tasks.find(id, key)
      return task ? openAiVideo(tasks, task) : noTask()
    }),
    asked('/v1/video/generations/([\\w-]+)', ({ key }, { params: [id = ''] }) => {
      const task = tasks.find(id, key)
      return task ? taskDto(tasks, task) : noTask()
    }),
    asked('/v1/models', () => {
      const data = modelNames.map((id) => ({ id, object: 'model', created: 0, owned_by: 'openclaw' }))
      return jsonResponse(200, { success: true, object: 'list', data })
    }),
    asked('/v1/dashboard/billing/subscription', subscription),
    asked('/v1/dashboard/billing/usage', billingUsage),
    asked('/api/usage/token/', (account) => tokenUsage(account, account.opening === undefined)),
    { methods: ['GET'], path: /^\/relays\/openclaw\/api\/pricing$/, handle: () => pricing() },
    {
      methods: ['GET'],
      path: /^\/relays\/openclaw\/api\/status$/,
      handle: () => jsonResponse(200, { success: true, data: { quota_per_unit: QUOTA_PER_USD, price: 7 } })
    }
  ]
}

/** OpenClaw 30. */
function noTask(): HttpResponse {
  return taskError(400, 'task_not_exist', 'task_not_exist')
}
