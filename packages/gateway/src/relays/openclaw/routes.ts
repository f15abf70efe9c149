import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import type { RelayContext } from '../context.js'
import { billingUsage, subscription } from '../new-api/accounts.js'
import { noChannel } from '../new-api/errors.js'
import { type BilledCall, NewApiRoutes } from '../new-api/routes.js'
import { noTask, openAiVideo, taskStatus } from '../new-api/tasks.js'
import { familyOf, modelNames } from './price-list.js'
import { pricing } from './pricing.js'
import { sellEdit, sellImages } from './sell-images.js'
import { sellText, type TextApi } from './sell-text.js'
import { sellVideo } from './sell-video.js'

type Sell = (call: BilledCall) => HttpResponse | Promise<HttpResponse>

/** OpenClaw Token's endpoints, under `/relays/openclaw`. */
export function openclawRoutes(context: RelayContext): readonly Route[] {
  const routes = new NewApiRoutes(context, '/relays/openclaw')
  const text = (api: TextApi): Sell => ifSold((call) => sellText(context, api, call))
  return [
    routes.billed('/v1/chat/completions', text('chat')),
    routes.billed('/v1/messages', text('messages'), 'x-api-key'),
    routes.billed('/v1/responses', text('responses')),
    routes.billed(
      '/v1/images/generations',
      ifSold((call) => sellImages(context, call))
    ),
    routes.billedForm('/v1/images/edits', (account, form) => sellEdit(context, account, form)),
    routes.billed(
      '/v1/video/generations',
      ifSold((call) => sellVideo(context, call))
    ),
    ...taskRoutes(context, routes),
    routes.forAccount('/v1/models', listModels),
    routes.forAccount('/v1/dashboard/billing/subscription', subscription),
    routes.forAccount('/v1/dashboard/billing/usage', billingUsage),
    routes.tokenUsage(),
    routes.open('/api/pricing', pricing),
    routes.status()
  ]
}

/** Rejects models that are not sold (OpenClaw 3 and 4). */
function ifSold(sell: Sell): Sell {
  return (call) => (familyOf(call.model) === undefined ? noChannel(call.model) : sell(call))
}

function taskRoutes({ tasks }: RelayContext, routes: NewApiRoutes): readonly Route[] {
  const find = (key: string, { params: [id = ''] }: RequestContext) => tasks.find(id, key)
  return [
    routes.forAccount('/v1/videos/([\\w-]+)', ({ key }, incoming) => {
      const task = find(key, incoming)
      return task ? openAiVideo(tasks, task) : noTask()
    }),
    routes.forAccount('/v1/video/generations/([\\w-]+)', ({ key }, incoming) => {
      const task = find(key, incoming)
      return task ? taskStatus(tasks, task) : noTask()
    })
  ]
}

function listModels(): HttpResponse {
  const data = modelNames.map((id) => ({ id, object: 'model', created: 0, owned_by: 'openclaw' }))
  return jsonResponse(200, { success: true, object: 'list', data })
}
