import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { Route } from '../../server/route.js'
import type { RelayContext } from '../context.js'
import { billingUsage, subscription } from '../new-api/accounts.js'
import { noChannel } from '../new-api/errors.js'
import { type BilledCall, NewApiRoutes } from '../new-api/routes.js'
import { noTask, taskStatus } from '../new-api/tasks.js'
import { prices, pricing } from './price-list.js'
import { sellEdits, sellGeminiImage, sellImages } from './sell-images.js'
import { sellChat, sellResponse, sellSpeech, sellTranscription } from './sell-text.js'
import { sellVideo } from './sell-video.js'

type Sell = (context: RelayContext, call: BilledCall) => HttpResponse

/** Tokenhot's endpoints, under `/relays/tokenhot`. */
export function tokenhotRoutes(context: RelayContext): readonly Route[] {
  const routes = new NewApiRoutes(context, '/relays/tokenhot')
  const billed = (path: string, sell: Sell): Route =>
    routes.billed(path, (call) => (prices.has(call.model) ? sell(context, call) : noChannel(call.model)))
  return [
    billed('/v1/images/generations', sellImages),
    billed('/v1beta/models/([^/:]+):generateContent', sellGeminiImage),
    billed('/v1/video/generations', sellVideo),
    billed('/v1/chat/completions', sellChat),
    billed('/v1/responses', sellResponse),
    billed('/v1/audio/speech', sellSpeech),
    routes.billedForm('/v1/images/edits', (account, form) => sellEdits(context, account, form)),
    routes.billedForm('/v1/audio/(?:transcriptions|translations)', sellTranscription),
    routes.forAccount('/v1/video/generations/([\\w-]+)', ({ key }, { params: [id = ''] }) => {
      const task = context.tasks.find(id, key)
      return task ? taskStatus(context.tasks, task) : noTask()
    }),
    routes.forAccount('/v1/dashboard/billing/subscription', subscription),
    routes.forAccount('/v1/dashboard/billing/usage', billingUsage),
    routes.forAccount('/v1/models', listModels),
    routes.open('/api/pricing', pricing),
    routes.status()
  ]
}

function listModels(): HttpResponse {
  const data = [...prices.keys()].map((id) => ({ id, object: 'model' }))
  return jsonResponse(200, { object: 'list', data })
}
