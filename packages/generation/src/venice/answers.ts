import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { object, objects, text } from '../shared/wire/tolerant-schemas.js'

const MAX_ROWS = 10_000

/** What Katana answers to `POST /v1/x402/top-up`, as Venice would. */
export function topUpAnswer(body: JsonObject): JsonObject {
  return wrapped({
    walletAddress: body.wallet_address ?? null,
    amountCredited: numberOf(body.credited_usdc),
    newBalance: numberOf(body.balance_usdc),
    paymentId: body.transaction ?? null
  })
}

/** What Katana answers to `GET /v1/x402/balance/{wallet}`, as Venice would. */
export function balanceAnswer(body: JsonObject): JsonObject {
  const balanceUsd = numberOf(body.balance_usdc)
  return wrapped({ walletAddress: body.wallet_address ?? null, balanceUsd, canConsume: balanceUsd > 0 })
}

const movementKinds: Readonly<Record<string, string>> = {
  top_up: 'TOP_UP',
  debit: 'CHARGE',
  refund: 'REFUND'
}

/** What Katana answers to `GET /v1/x402/transactions/{wallet}`, as Venice would. */
export function movementsAnswer(body: JsonObject): JsonObject {
  const transactions = rowsOf(body.transactions).map((row) => ({
    id: row.id ?? null,
    type: kindOf(row.type),
    amount: numberOf(row.amount_usdc),
    balanceAfter: numberOf(row.balance_usdc),
    createdAt: row.created_at ?? null
  }))
  const pagination = { limit: transactions.length, offset: 0, hasMore: typeof body.next_cursor === 'string' }
  return wrapped({ walletAddress: body.wallet_address ?? null, transactions, pagination })
}

function kindOf(type: JsonValue | undefined): JsonValue {
  const known =
    typeof type === 'string' && Object.hasOwn(movementKinds, type) ? movementKinds[type] : undefined
  return known ?? type ?? null
}

function rowsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.slice(0, MAX_ROWS).filter(isJsonObject) : []
}

const rows = objects({ public_model_name: text(), display_name: text(), model_spec: object({}) }, MAX_ROWS)
const modelsSchema = object({ text: rows, images: rows, videos: rows })

/** What Katana answers to `GET /v1/models`: it lists models by kind, and Venice's scripts know OpenAI's list. */
export function modelsAnswer(body: JsonObject): JsonObject {
  const listed = modelsSchema.parse(body)
  const data = (['text', 'images', 'videos'] as const).flatMap((kind) =>
    listed[kind].map(({ public_model_name: id = '', display_name: name = '', model_spec: spec }) => ({
      id,
      object: 'model',
      type: kind.replace(/s$/, ''),
      model_spec: { name, ...jsonOf(spec) }
    }))
  )
  return { object: 'list', data }
}

function jsonOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

function wrapped(data: JsonObject): JsonObject {
  return { success: true, data }
}

/** Venice writes dollars as numbers. */
function numberOf(value: JsonValue | undefined): number {
  const number = Number(value)
  return Number.isFinite(number) && !isJsonObject(value) ? number : 0
}
