import type { FetchLike } from '../../service/operation.js'
import { bodyOf } from './sdk-call.js'
import type { TranslatedService } from './sdk-service.js'

/** What can be translated. */
const translated =
  /^\/(?:chat\/completions|responses|messages(?:\/count_tokens)?|images\/(?:generations|edits)|models(?:\/[^/]+)?)$/
/** What SDKs have methods for, and what is neither translated nor sent: it is refused by name, as by the proxy. */
const refused = /^\/(?:completions|embeddings|moderations|audio\/(?:speech|transcriptions|translations))$/

/**
 * Lets SDKs call what a service does not have, by what it has: Messages and Responses by its chat, images by its jobs. The
 * translation is loaded with the first such call. Paths of which SDKs know nothing go to the service as they are.
 */
export function translateSdkCalls(service: TranslatedService): FetchLike {
  const { apiUrl, send, speaks } = service
  let opened: Promise<FetchLike> | undefined
  return async (url, init) => {
    const path = pathIn(apiUrl, new URL(url))
    if (path === undefined || speaks(path, { body: bodyOf(init), init })) return send(url, init)
    opened ??= import('./answer-sdk-calls.js').then(({ answerSdkCalls }) => answerSdkCalls(service))
    return (await opened)(path, init)
  }
}

function pathIn({ origin, pathname }: URL, target: URL): string | undefined {
  if (target.origin !== origin || !target.pathname.startsWith(pathname)) return undefined
  const path = target.pathname.slice(pathname.replace(/\/$/, '').length)
  return translated.test(path) || refused.test(path) ? path : undefined
}
