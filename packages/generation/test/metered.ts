import type { AccountCall, Bill } from '@bursar/core'
import { createMeteredFetch } from '../src/shared/metering/metered-fetch.js'
import { costOfTokens, maxCostOfTokens, tokenPrice } from '../src/shared/metering/price.js'
import { tokenBound } from '../src/shared/metering/token-bound.js'
import { usageOf } from '../src/shared/metering/token-usage.js'

/** A meter over one answer, and what became of its calls. */
export function metered(
  answer: (onCharge: (may: boolean) => void) => Response | Promise<Response>,
  reserved = Promise.resolve()
) {
  const outcomes: (string | bigint | undefined)[] = []
  const opened: AccountCall[] = []
  const signals: (AbortSignal | undefined)[] = []
  const price = tokenPrice('1000000', '1000000', { read: '100000' })
  const { fetch, receiptOf } = createMeteredFetch({
    service: 'shop',
    apiUrl: new URL('https://shop.example/v1'),
    fetch: async (_url, _init, onCharge) => answer(onCharge),
    labels: { team: 'a' },
    outputLimit: () => 10_000,
    pricing: (request) =>
      request.method === 'POST'
        ? {
            model: 'm',
            maxCost: maxCostOfTokens(price, tokenBound(request)),
            costOf: (answers) => {
              const usage = usageOf(answers)
              return usage && costOfTokens(price, usage)
            }
          }
        : undefined,
    meter: {
      assertWithinLimit: () => undefined,
      async open(call, { signal } = {}) {
        opened.push(call)
        signals.push(signal)
        await reserved
        return {
          purchase: 'p1',
          settle: async ({ cost }: Bill = {}) => void outcomes.push(cost ?? 'in full'),
          attachJob: async (job) => void outcomes.push(job),
          release: async () => void outcomes.push('free')
        }
      },
      correct: async () => undefined
    }
  })
  const post = (init: RequestInit = {}) =>
    fetch('https://shop.example/v1/chat/completions', { method: 'POST', body: '{"max_tokens":1}', ...init })
  return { fetch, receiptOf, post, outcomes, opened, signals }
}

/** An answer in JSON. */
export const json = (body: object, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** An answer that is a stream of events, which may break. */
export function events(lines: readonly string[], broken = false): Response {
  const body = new ReadableStream({
    start(controller) {
      for (const line of lines) controller.enqueue(new TextEncoder().encode(line))
      if (broken) controller.error(new TypeError('cut'))
      else controller.close()
    }
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
