import { loadOnce } from '@bursar/core'
import type { FetchLike } from '../../service/operation.js'
import { withoutHeaders } from '../../wire/response-body.js'
import type { TranslatedService } from './sdk-service.js'

/** What can be translated. */
const translated =
  /^\/(?:chat\/completions|responses|messages(?:\/count_tokens)?|images\/(?:generations|edits)|models(?:\/[^/]+)?|video\/generations|videos(?:\/[\w-]{1,128}(?:\/(?:content|remix))?)?)$/
/** What SDKs have methods for, and what is neither translated nor sent: it is refused by name, as by the proxy. */
const refused =
  /^\/(?:completions|complete|embeddings|moderations|images\/variations|audio\/(?:speech|transcriptions|translations)|(?:chat\/completions|responses|messages\/batches|files|uploads|batches|conversations|containers|vector_stores|assistants|threads|fine_tuning|evals|skills|realtime)(?:\/.*)?)$/

/**
 * Lets SDKs call what a service does not have, by what it has: Messages and Responses by its chat, images by its jobs. The
 * translation is loaded with the first call of an SDK. Paths of which SDKs know nothing go to the service as they are.
 */
export function translateSdkCalls(translated: TranslatedService): FetchLike {
  const service: TranslatedService = {
    ...translated,
    send: async (url, init) => inItsOwnName(await translated.send(url, init)),
    chat: async (body, init) => inItsOwnName(await translated.chat(body, init))
  }
  const { apiUrl, send } = service
  const open = loadOnce(async () => (await import('./answer-sdk-calls.js')).answerSdkCalls(service))
  return async (url, init) => {
    const path = pathIn(apiUrl, new URL(url))
    if (path === undefined) return send(url, init)
    return (await open())(path, url, init)
  }
}

/** A service says nothing in our name: of what was paid, and whether it is free to ask again. */
function inItsOwnName(answer: Response): Response {
  return withoutHeaders(answer, (name) => name.startsWith('x-bursar-'))
}

function pathIn({ origin, pathname }: URL, target: URL): string | undefined {
  if (target.origin !== origin || !target.pathname.startsWith(pathname)) return undefined
  const path = target.pathname.slice(pathname.replace(/\/$/, '').length)
  return translated.test(path) || refused.test(path) ? path : undefined
}
