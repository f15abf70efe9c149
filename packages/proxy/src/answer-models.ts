import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JsonObject } from '@bursar/core'
import { RequestProblem } from '@bursar/local-server'
import {
  anthropicModel,
  anthropicModelList,
  modelInPath,
  openaiModel,
  openaiModelList
} from '@bursar/translation'
import { pathOf } from './call-request.js'
import type { ProxyService } from './services/proxy-service.js'

const MODELS = '/v1/models'

/**
 * Answers with the models of a service, or with one of them, in the API of who asks.
 *
 * @returns whether that was asked for.
 * @throws {RequestProblem} 404
 */
export async function answerModels(
  message: IncomingMessage,
  response: ServerResponse,
  service: Pick<ProxyService, 'models'>
): Promise<boolean> {
  const path = pathOf(message)
  const isRead = message.method === 'GET' || message.method === 'HEAD'
  if (!isRead || (path !== MODELS && !path.startsWith(`${MODELS}/`))) return false
  const names = await service.models()
  const [one, list] =
    message.headers['anthropic-version'] !== undefined
      ? [anthropicModel, anthropicModelList]
      : [openaiModel, openaiModelList]
  const body: JsonObject = path === MODELS ? list(names) : one(nameIn(path, names))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  return true
}

/** @throws {RequestProblem} 404 */
function nameIn(path: string, names: readonly string[]): string {
  const { asked, isKnown } = modelInPath(path.slice(MODELS.length + 1), names)
  if (isKnown) return asked
  const message = `There is no model ${asked.slice(0, 100)} here`
  throw new RequestProblem({ status: 404, code: 'model_not_found', message })
}
