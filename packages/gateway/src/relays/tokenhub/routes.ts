import type { JsonObject } from '@bursar/core'
import { type HttpRequest, readJson } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import type { RelayContext } from '../context.js'
import { readForm } from '../form.js'
import { type TokenhubCall, tokenhubError } from './call.js'
import { fullNameOf, type ModelKind, models } from './models.js'
import { sellImages } from './sell-images.js'
import { sellText } from './sell-text.js'
import { sellVideo, taskBody } from './sell-video.js'

type Sell = (context: RelayContext, call: TokenhubCall) => HttpResponse

/** TokenHub's endpoints, under `/relays/tokenhub`. */
export function tokenhubRoutes(context: RelayContext): readonly Route[] {
  const billed = (path: string, kind: ModelKind, sell: Sell): Route => ({
    methods: ['POST'],
    path: at(path),
    takesFaults: true,
    handle: (incoming) => sellOne(context, incoming, { kind, sell })
  })
  return [
    billed('/chat/completions', 'text', sellText),
    billed('/images/generations', 'image', sellImages),
    billed('/images/edits', 'image', sellImages),
    billed('/videos/generations', 'video', sellVideo),
    {
      methods: ['GET'],
      path: at('/videos/generations/([\\w-]+)'),
      takesFaults: true,
      handle: (incoming) => showTask(context, incoming)
    },
    { methods: ['GET'], path: at('/models'), handle: listModels }
  ]
}

function at(path: string): RegExp {
  return new RegExp(`^/relays/tokenhub/api/v1${path}$`)
}

async function sellOne(
  context: RelayContext,
  { request, faults }: RequestContext,
  { kind, sell }: { readonly kind: ModelKind; readonly sell: Sell }
): Promise<HttpResponse> {
  const account = context.accounts.find(request)
  if (!account?.key.startsWith('th-')) return wrongKey()
  const body = await readBody(request)
  const model = fullNameOf(body.model)
  if (models.get(model) !== kind)
    return tokenhubError(404, 'model_not_found', `There is no such ${kind} model`)
  const response = sell(context, { account, model, body })
  return faults.afterSettling(response, () => response)
}

async function readBody(request: HttpRequest): Promise<JsonObject> {
  const isForm = /^multipart\//i.test(request.header('content-type') ?? '')
  return isForm ? { ...(await readForm(request)).fields } : readJson(request)
}

function showTask(
  { accounts, tasks }: RelayContext,
  { request, params: [id = ''] }: RequestContext
): HttpResponse {
  const account = accounts.find(request)
  if (!account) return wrongKey()
  const task = tasks.find(id, account.key)
  return task ? taskBody(tasks, task) : tokenhubError(404, 'task_not_found', 'There is no such task')
}

function wrongKey(): HttpResponse {
  return tokenhubError(401, 'invalid_api_key', 'The API key is wrong')
}

function listModels(): HttpResponse {
  return jsonResponse(200, {
    object: 'list',
    data: [...models.keys()].map((id) => ({ id, object: 'model' }))
  })
}
