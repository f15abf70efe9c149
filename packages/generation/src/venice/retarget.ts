import { isJsonObject, type JsonObject, type JsonValue, type RequestViolation } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import { objectAt, objectsAt, textAt } from '../shared/service/fields.js'

/** A request as a script for Venice makes it. */
export interface VeniceRequest {
  readonly method: string
  readonly url: URL
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
}

/** What a retargeted script is told about Katana. */
export interface RetargetOptions {
  /** Katana's names for Venice's models: `{ 'kimi-k2-5': 'qwen3-6-flash' }`. Others go through as they are. */
  readonly models?: Readonly<Record<string, string>>
  /** Decimal USDC of a top-up, which Venice's has no body to say. Default `5.00`, Venice's least. */
  readonly topUp?: string
}

/** The same request for Katana. */
export interface KatanaRequest {
  readonly method: string
  /** From the origin on. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
  /** Whether it is to be paid from a prepaid balance, with a proof of its own: Venice's is of no use. */
  readonly provesWallet: boolean
  /** What Katana answers, as the script expects it. */
  answer(body: JsonObject): JsonObject
}

const API = '/api/v1'
const MAX_ROWS = 10_000
const counterparts = '/chat/completions, /models, /x402/top-up, /x402/balance/…, /x402/transactions/…'

/** Headers that are of Venice's, also what it is to know alone, or of a body that is made anew. */
const dropped: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'x-api-key',
  'x-sign-in-with-x',
  'x-402-payment',
  'x-payment',
  'host',
  'content-length'
])

/** What Katana has in place of an endpoint. */
interface Counterpart {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  turn(
    asked: VeniceRequest,
    wallet: string,
    options: RetargetOptions
  ): Omit<KatanaRequest, 'method' | 'headers'>
}

const endpoints: readonly Counterpart[] = [
  {
    method: 'POST',
    path: /^\/chat\/completions$/,
    turn: ({ body = {}, headers }, _wallet, options) => ({
      path: '/v1/chat/completions',
      body: chatBody(body, options),
      provesWallet: 'x-sign-in-with-x' in headers,
      answer: (answer) => answer
    })
  },
  {
    method: 'POST',
    path: /^\/x402\/top-up$/,
    turn: (_asked, _wallet, { topUp = '5.00' }) => ({
      path: '/v1/x402/top-up',
      body: { amount_usdc: topUp },
      provesWallet: false,
      answer: topUpAnswer
    })
  },
  {
    method: 'GET',
    path: /^\/x402\/balance\/(\w+)$/,
    turn: (_asked, wallet) => ({
      path: `/v1/x402/balance/${wallet}`,
      provesWallet: true,
      answer: balanceAnswer
    })
  },
  {
    method: 'GET',
    path: /^\/x402\/transactions\/(\w+)$/,
    turn: (_asked, wallet) => ({
      path: `/v1/x402/transactions/${wallet}`,
      provesWallet: true,
      answer: movementsAnswer
    })
  },
  {
    method: 'GET',
    path: /^\/models$/,
    turn: () => ({ path: '/v1/models', provesWallet: false, answer: modelsAnswer })
  }
]

/**
 * Turns one request for Venice into Katana's, endpoint by endpoint.
 *
 * @throws {BursarError} `request/invalid` by the name of what Katana has no counterpart for.
 * @see imgnAI Katana's guide, "Retargeting Venice-style x402 scripts"
 */
export function retarget(request: VeniceRequest, options: RetargetOptions = {}): KatanaRequest {
  const { method, url } = request
  const path = url.pathname.startsWith(`${API}/`) ? url.pathname.slice(API.length) : url.pathname
  // Katana's list goes on from a cursor, and not from a number: the first page would come again and again.
  if (Number(url.searchParams.get('offset') ?? 0) > 0)
    throw invalidRequest([noCounterpart(method, `${path}?offset=…`)])
  const found = endpoints.find((each) => each.method === method && each.path.test(path))
  if (!found) throw invalidRequest([noCounterpart(method, path)])
  const turned = found.turn(request, found.path.exec(path)?.[1] ?? '', options)
  return { method, headers: headersOf(request, turned.body !== undefined), ...turned }
}

function headersOf({ headers }: VeniceRequest, hasBody: boolean): Readonly<Record<string, string>> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
  // Katana takes the older name as well; this is the one that it prefers.
  const payment = headers['payment-signature'] ?? headers['x-402-payment']
  return {
    ...kept,
    ...(payment === undefined ? {} : { 'payment-signature': payment }),
    ...(hasBody ? { 'content-type': 'application/json' } : {})
  }
}

/** Bodies of the same name are not the same: pictures are asked for in another shape altogether. */
function noCounterpart(method: string, path: string): RequestViolation {
  const isMedia = /^\/(?:images?|videos?)\b/.test(path)
  return {
    field: 'url',
    rule: 'no_counterpart',
    message: `Venice's ${method} ${path.slice(0, 80)} has no counterpart at Katana`,
    allowed: isMedia ? 'images and videos of the Katana client, whose requests are others' : counterparts
  }
}

/** Venice's own parameters would be lost without a word. */
function chatBody(body: JsonObject, { models = {} }: RetargetOptions): JsonObject {
  if (body.venice_parameters !== undefined)
    throw invalidRequest([
      {
        field: 'venice_parameters',
        rule: 'no_counterpart',
        message: 'venice_parameters have no counterpart at Katana',
        allowed: "OpenAI's fields"
      }
    ])
  const model = typeof body.model === 'string' ? body.model : ''
  return { ...body, model: models[model] ?? model }
}

function topUpAnswer(body: JsonObject): JsonObject {
  return wrapped({
    walletAddress: body.wallet_address ?? null,
    amountCredited: numberOf(body.credited_usdc),
    newBalance: numberOf(body.balance_usdc),
    paymentId: body.transaction ?? null
  })
}

function balanceAnswer(body: JsonObject): JsonObject {
  const balanceUsd = numberOf(body.balance_usdc)
  return wrapped({ walletAddress: body.wallet_address ?? null, balanceUsd, canConsume: balanceUsd > 0 })
}

const kinds: Readonly<Record<string, string>> = { top_up: 'TOP_UP', debit: 'CHARGE', refund: 'REFUND' }

function movementsAnswer(body: JsonObject): JsonObject {
  const transactions = objectsAt(body, 'transactions', MAX_ROWS).map((entry) => ({
    id: entry.id ?? null,
    type: kinds[textAt(entry, 'type') ?? ''] ?? entry.type ?? null,
    amount: numberOf(entry.amount_usdc),
    balanceAfter: numberOf(entry.balance_usdc),
    createdAt: entry.created_at ?? null
  }))
  const pagination = { limit: transactions.length, offset: 0, hasMore: typeof body.next_cursor === 'string' }
  return wrapped({ walletAddress: body.wallet_address ?? null, transactions, pagination })
}

/** Katana lists models by kind; Venice's scripts know OpenAI's list. */
function modelsAnswer(body: JsonObject): JsonObject {
  const data = ['text', 'images', 'videos'].flatMap((kind) =>
    objectsAt(body, kind, MAX_ROWS).map((row) => ({
      id: textAt(row, 'public_model_name') ?? '',
      object: 'model',
      type: kind.replace(/s$/, ''),
      model_spec: { name: textAt(row, 'display_name') ?? '', ...objectAt(row, 'model_spec') }
    }))
  )
  return { object: 'list', data }
}

function wrapped(data: JsonObject): JsonObject {
  return { success: true, data }
}

/** Venice writes dollars as numbers. */
function numberOf(value: JsonValue | undefined): number {
  const number = Number(value)
  return Number.isFinite(number) && !isJsonObject(value) ? number : 0
}
