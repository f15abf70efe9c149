import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { type AnthropicProblem, anthropicError } from '@bursar/translation'
import { boundedBytes } from '../../wire/bounded-body.js'

/** Bytes of an error; none is near it. */
const MAX_ERROR_BYTES = 1024 * 1024

/** An error as OpenAI's and as Anthropic's SDK read it. */
function problemBody(problem: AnthropicProblem): JsonObject {
  return { type: 'error', error: { ...anthropicError(problem), param: null, code: problem.code } }
}

/** The answer to a call that is not answered. SDKs do not ask again for it. */
export function problemResponse(problem: AnthropicProblem): Response {
  const headers = { 'x-should-retry': 'false', 'x-bursar-money': 'none' }
  return Response.json(problemBody(problem), { status: problem.status, headers })
}

/** The service's error, in the words that the SDK reads. */
export async function translateProblem(response: Response): Promise<Response> {
  const bytes = await boundedBytes(response, MAX_ERROR_BYTES).catch(() => undefined)
  const body = bytes && parseJsonObject(new TextDecoder().decode(bytes))
  const error = isJsonObject(body?.error) ? body.error : (body ?? {})
  const { status } = response
  const headers = new Headers(response.headers)
  for (const name of ['content-encoding', 'content-length', 'content-type']) headers.delete(name)
  const problem = {
    status,
    code: typeof error.code === 'string' ? error.code : 'service_refused',
    message: typeof error.message === 'string' ? error.message : `The service answered ${status}`
  }
  return Response.json(problemBody(problem), { status, headers })
}
