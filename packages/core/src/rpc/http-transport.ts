import { boundedText } from '../wire/bounded-text.js'
import { discardBody } from '../wire/discard-body.js'
import { MAX_JSON_DEPTH, parseJson } from '../wire/json.js'
import { isLoopback } from './loopback.js'
import { readRpcResult } from './rpc-result.js'
import type { RpcFetch, RpcTransport } from './rpc-transport.js'

/**
 * Talks JSON-RPC to one node over HTTP.
 *
 * @throws {TypeError} when the URL is malformed. The message does not show it, since its path or query may be a key.
 * @see JSON-RPC 2.0
 */
export function createHttpTransport(url: string, fetch: RpcFetch): RpcTransport {
  const { hostname, host } = parseUrl(url)
  return {
    isLocal: isLoopback(hostname),
    host,
    async request(method, params, signal) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
        // A redirect counts as a refusal. Edge runtimes know no `redirect: 'error'`.
        redirect: 'manual',
        signal
      })
      if (response.ok) return readRpcResult(parseJson(await readText(response), MAX_JSON_DEPTH))
      discardBody(response)
      throw Object.assign(new TypeError('The RPC node refused the call'), {
        status: response.status,
        retryAfter: response.headers.get('retry-after') ?? undefined
      })
    }
  }
}

/** Some ten thousand events of an EVM token, and far more than a page of a thousand Solana signatures. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

async function readText(response: Response): Promise<string> {
  const text = await boundedText(response, MAX_ANSWER_BYTES)
  if (text === undefined) throw new TypeError("The node's answer is too long")
  return text
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed
  throw new TypeError('An RPC endpoint must be an http or https URL (the one given is not shown)')
}
