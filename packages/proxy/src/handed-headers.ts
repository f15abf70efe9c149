import type { IncomingHttpHeaders } from 'node:http'

/** What belongs to an API, and not to the connection or to who asks. */
const toService: readonly string[] = ['anthropic-version', 'anthropic-beta', 'openai-beta']
const toClient =
  /^(?:(?:x-)?request-id|(?:anthropic|x)-ratelimit-[\w-]+|openai-processing-ms|content-disposition|content-language|etag|last-modified|link)$/

/** The headers of a request that a service is handed which speaks the API itself. No token of ours is among them. */
export function headersToService(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    toService.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    })
  )
}

/** The headers of a service's answer that the client is handed. */
export function headersToClient(headers: Headers): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => toClient.test(name)))
}

/** The query that is handed on with a request: Anthropic's `?beta=true`, and nothing else. */
export function queryToService(url = ''): string {
  return /\?(?:.*&)?beta=true(?:&|$)/.test(url) ? '?beta=true' : ''
}
