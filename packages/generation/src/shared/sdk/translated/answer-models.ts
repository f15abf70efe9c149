import {
  anthropicModel,
  anthropicModelList,
  modelInPath,
  openaiModel,
  openaiModelList
} from '@bursar/translation'
import type { SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'

const MODELS = '/models'

/** Answers with the models of the service, or with one of them, in the API of who asks. */
export async function answerModels({ path, init, service }: SdkCall): Promise<Response> {
  const isAnthropic = new Headers(init.headers).has('anthropic-version')
  const names = await service.models()
  if (path === MODELS) return Response.json((isAnthropic ? anthropicModelList : openaiModelList)(names))
  const { asked, isKnown } = modelInPath(path.slice(MODELS.length + 1), names)
  if (isKnown) return Response.json((isAnthropic ? anthropicModel : openaiModel)(asked))
  const message = `There is no model ${asked.slice(0, 100)} here`
  return problemResponse({ status: 404, code: 'model_not_found', message })
}
