import {
  type AccountMeter,
  BursarError,
  type JsonObject,
  type MoneyState,
  type OpenAccountCall
} from '@bursar/core'
import { boundedBytes } from '../service/bounded-body.js'
import type { FetchLike, ReceiptOf } from '../service/operation.js'
import { parseObject } from '../service/parse-object.js'
import type { PricedRequest, Sale, Tariff } from './sale.js'
import { tellsUsage } from './usage.js'
import { watchEvents } from './watch-events.js'

/** What a metered fetch is made from. */
export interface MeterOptions {
  /** Such as `tokenhub`. */
  readonly service: string
  /** With the path that all of the service's paths begin with. */
  readonly apiUrl: URL
  /** Sends the calls, and pays nothing. */
  readonly fetch: FetchLike
  /** Enters them in the ledger. Absent: nothing is counted, and nothing is limited. */
  readonly accountMeter: AccountMeter | undefined
  readonly tariff: Tariff
  readonly labels: Readonly<Record<string, string>>
}

/** A fetch whose calls are counted, and what is known of their answers. */
export interface Meter {
  readonly fetch: FetchLike
  readonly receiptOf: ReceiptOf
}

/** Pictures in base64 come in answers of some ten megabytes. */
export const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/**
 * Counts what an account is billed for: before a call is sent, the most that it can cost is taken out of the budgets;
 * once it is answered, what it did cost is entered. A refusal is free; of a call that is lost, or that the service
 * failed at, nothing is known, and it counts in full. Nothing is ever sent twice.
 *
 * @throws {BursarError} `offer/over-limit`, `price/unknown`, `ledger/*`, and whatever the fetch throws.
 */
export function meter(options: MeterOptions): Meter {
  const { service, apiUrl, accountMeter, tariff, labels } = options
  const receipts = new WeakMap<Response, { readonly moneyState: MoneyState; readonly purchase: string }>()

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const target = new URL(url)
    if (target.origin !== apiUrl.origin) throw foreign(service, target)
    const sent = await repeatable(init)
    const asked = await pricedRequest(target, apiUrl, sent)
    const sale = accountMeter && (await tariff(asked))
    const send = (): Promise<Response> => options.fetch(url, { ...sent, redirect: 'error' })
    if (!sale || !accountMeter) return send()
    const about = { ...labels, ...labelsOf(init), service, model: sale.model, billing: 'key' }
    init.signal?.throwIfAborted()
    const call = await accountMeter.open({
      method: asked.method,
      url: target,
      maxCost: sale.most,
      labels: about
    })
    const response = await sendOnce(call, send, init.signal)
    const answer = await accountFor(response, sale, call)
    receipts.set(answer, { moneyState: moneyStateOf(answer), purchase: call.purchase })
    return answer
  }

  return { fetch, receiptOf: (response) => receipts.get(response) }
}

/** The caller's own, as `bursar.fetch` takes them: `{ bursar: { labels } }`. */
function labelsOf(init: RequestInit): Readonly<Record<string, string>> {
  const { bursar } = init as { readonly bursar?: { readonly labels?: Readonly<Record<string, string>> } }
  return bursar?.labels ?? {}
}

async function sendOnce(
  call: OpenAccountCall,
  send: () => Promise<Response>,
  signal: AbortSignal | null | undefined
): Promise<Response> {
  if (signal?.aborted) {
    await call.release()
    signal.throwIfAborted()
  }
  try {
    return await send()
  } catch (error) {
    await call.settle()
    throw error
  }
}

async function accountFor(response: Response, sale: Sale, call: OpenAccountCall): Promise<Response> {
  const { ok, body, headers } = response
  if (!ok) {
    await (isRefusal(response) ? call.release() : call.settle())
    return response
  }
  const end = (answers: readonly JsonObject[]): Promise<void> => call.settle(sale.costOf?.(answers))
  if (body && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')) {
    const told: JsonObject[] = []
    const look = (data: string): boolean => {
      const event = parseObject(data)
      if (event && tellsUsage(event)) told.push(event)
      return data === '[DONE]' || event?.type === 'message_stop' || event?.type === 'response.completed'
    }
    return remade(
      response,
      watchEvents(body, look, (isWhole) => end(isWhole ? told : []))
    )
  }
  return accountForWhole(response, async (answer) => {
    const job = answer && sale.jobOf?.(answer)
    if (job !== undefined) await call.attachJob(job)
    await end(answer ? [answer] : [])
  })
}

/** The answer is read to its end before it is handed over, so that its cost is entered when it arrives. */
async function accountForWhole(
  response: Response,
  end: (answer: JsonObject | undefined) => Promise<void>
): Promise<Response> {
  let bytes: Uint8Array<ArrayBuffer> | undefined
  try {
    bytes = await boundedBytes(response, MAX_ANSWER_BYTES)
  } finally {
    // Sounds are no JSON, and tell no usage.
    const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '')
    await end(bytes && isJson ? parseObject(new TextDecoder().decode(bytes)) : undefined)
  }
  if (bytes === undefined) throw new RangeError(`The answer is larger than ${MAX_ANSWER_BYTES} bytes`)
  return remade(response, bytes)
}

/** What the service refused was not begun: it is not billed. In trouble of its own it may have begun. */
function isRefusal({ status }: Response): boolean {
  return status < 500 || status === 503
}

function moneyStateOf(response: Response): MoneyState {
  if (response.ok) return 'settled'
  return isRefusal(response) ? 'none' : 'unknown'
}

/** The same answer, its body as it was read. */
function remade({ status, statusText, headers, url }: Response, body: BodyInit): Response {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length']) kept.delete(name)
  const answer = new Response(body, { status, statusText, headers: kept })
  Object.defineProperty(answer, 'url', { value: url })
  return answer
}

/** A stream can be read once, and is read for its price. */
async function repeatable(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof ReadableStream)) return init
  return { ...init, body: await new Response(init.body).arrayBuffer() }
}

async function pricedRequest(url: URL, apiUrl: URL, { method, body }: RequestInit): Promise<PricedRequest> {
  const prefix = apiUrl.pathname.replace(/\/$/, '')
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname
  // fetch sends `post` as POST.
  const asked = { method: (method ?? 'GET').toUpperCase(), path }
  if (body instanceof FormData) {
    const entries = [...body.entries()]
    const fields = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { ...asked, body: Object.fromEntries(fields), files: entries.length - fields.length }
  }
  const text = typeof body === 'string' ? body : await new Response(body ?? '').text()
  return { ...asked, body: parseObject(text) ?? {}, files: 0 }
}

/** A key is for its own service. */
function foreign(service: string, { host }: URL): BursarError {
  return new BursarError('request/host-refused', {
    message: `${host} is not ${service}, whose key goes nowhere else. Nothing was sent.`,
    context: { host },
    moneyState: 'none'
  })
}
