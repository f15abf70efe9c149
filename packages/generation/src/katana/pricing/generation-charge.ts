import { type AtomicUsdc, atomicUsdc, type JsonObject } from '@bursar/core'
import type { Charge } from '../../shared/metering/charge.js'
import { multiply, type UnitPrice } from '../../shared/metering/price.js'
import { unknownPrice } from '../../shared/metering/unknown-price.js'
import { isRequestId } from '../wire/generation-job.js'
import { generationRequestSchema, type RequestedItem } from '../wire/generation-request.js'
import { atomicOfTenths, type KatanaPrices, ownPrice } from './katana-prices.js'
import { itemBound } from './media-price.js'

/** What a generation request can cost: the prices of its items. @throws {BursarError} `price/unknown` */
export function generationCharge(body: JsonObject, known: KatanaPrices): Charge {
  const { requests } = generationRequestSchema.parse(body)
  // What is no item to us, or one too many, may be one to the service.
  if (!Array.isArray(body.requests) || body.requests.length !== requests.length)
    throw unknownPrice('katana', requests[0]?.model ?? '/generation-requests', 'in that request')
  const maxCost = requests.reduce((sum, item) => sum + costOfItem(item, known), 0n)
  const unlisted = requests.find((item) => hasUnlistedPrice(item, known))
  return {
    model: requests[0]?.model ?? '',
    maxCost: atomicUsdc(maxCost),
    jobOf: ({ request_id: id }) => (isRequestId(id) ? id : undefined),
    ...(unlisted ? { unknown: unknownPrice('katana', unlisted.model ?? '', 'in that resolution') } : {})
  }
}

function hasUnlistedPrice(item: RequestedItem, known: KatanaPrices): boolean {
  return itemBound(item, known.catalogue).isUnlisted && ownPrice(known, item.model ?? '') === undefined
}

function costOfItem(item: RequestedItem, known: KatanaPrices): AtomicUsdc {
  const { model = '' } = item
  const own = ownPrice(known, model)
  if (own && own.unit !== 'token') return own.unit === 'second' ? costOfSeconds(item, own) : own.each
  const { tenths } = itemBound(item, known.catalogue)
  if (tenths === undefined) throw unknownPrice('katana', model)
  return atomicOfTenths(tenths, known)
}

/** A length that is no whole number of seconds is one that only the service can read. @throws {BursarError} `price/unknown` */
function costOfSeconds({ model = '', duration_seconds: seconds }: RequestedItem, own: UnitPrice): AtomicUsdc {
  if (seconds === undefined || !Number.isSafeInteger(seconds) || seconds < 1)
    throw unknownPrice('katana', model, 'of that length')
  return multiply(own.each, seconds)
}
