import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { anthropicErrorType } from '@bursar/translation'
import { boundedBytes } from '../../wire/bounded-body.js'

/** Bytes of an error; none is near it. */
const MAX_ERROR_BYTES = 1024 * 1024

/** Why a call of an SDK has no answer. */
export interface SdkProblem {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** An error as OpenAI's and as Anthropic's SDK read it. */
export function problemBody({ status, code, message }: SdkProblem): JsonObject {
  return { type: 'error', error: { type: anthropicErrorType(status, code), message, param: null, code } }
}

/** The answer to a call that is not answered. SDKs do not ask again for it. */
export function problemResponse(problem: SdkProblem): Response {
  const headers = { 'x-should-retry': 'false' }
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
