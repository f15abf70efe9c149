import { systemClock } from '@bursar/core'
import { onTestFinished } from 'vitest'
import type { Gateway } from '../gateway.js'
import { startGateway } from '../start-gateway.js'

/** A gateway with relays alone, on a clock that can be put forward. */
export interface RelayFixture {
  readonly gateway: Gateway
  /** Of one relay: `http://127.0.0.1:PORT/relays/openclaw`. */
  readonly url: string
  /** Puts the clock forward. */
  pass(ms: number): void
  /** Sends a request with the key of the first account. */
  ask(path: string, body?: unknown, key?: string | null): Promise<{ status: number; body: never }>
}

/**
 * Starts a gateway for one test. The first account has the key `sk-one`, the second `sk-two`.
 *
 * @param expiresAtMs when the first account's key expires. Default: never.
 */
export async function startRelayFixture(
  relay: string,
  usd?: string,
  expiresAtMs?: number
): Promise<RelayFixture> {
  let passedMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + passedMs }
  const accounts = [
    {
      key: 'sk-one',
      ...(usd === undefined ? {} : { usd }),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs })
    },
    { key: 'sk-two', usd: '1' }
  ]
  const gateway = await startGateway({
    clock,
    maxBodyBytes: 64 * 1024 * 1024,
    relays: { accounts, taskMs: 60_000 }
  })
  onTestFinished(() => gateway.stop())
  const url = `${gateway.url}/relays/${relay}`
  return {
    gateway,
    url,
    pass: (ms) => {
      passedMs += ms
    },
    async ask(path, body, key = 'sk-one') {
      const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
      const isForm = body instanceof FormData
      if (body !== undefined && !isForm) headers['content-type'] = 'application/json'
      const init = { method: 'POST', body: isForm ? body : JSON.stringify(body) }
      const response = await fetch(path.startsWith('http') ? path : url + path, {
        headers,
        ...(body === undefined ? {} : init)
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      return { status: response.status, body: (isJson ? JSON.parse(text) : text) as never }
    }
  }
}
