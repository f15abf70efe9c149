import { type AtomicUsdc, atomicUsdc, type JsonObject } from '@bursar/core'
import type { Charge } from '../../shared/metering/charge.js'
import { multiply } from '../../shared/metering/price.js'
import { unknownPrice } from '../../shared/metering/unknown-price.js'
import { isRequestId } from '../wire/generation-job.js'
import { generationRequestSchema, type RequestedItem } from '../wire/generation-request.js'
import { atomicOfTenths, type KatanaPrices, ownPrice } from './katana-prices.js'
import { itemBound } from './media-price.js'

/** What a generation request can cost: the prices of its items. @throws {BursarError} `price/unknown` */
export function generationCharge(body: JsonObject, known: KatanaPrices): Charge {
  const { requests } = generationRequestSchema.parse(body)
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
  const { model = '', duration_seconds: seconds } = item
  const own = ownPrice(known, model)
  if (own && own.unit !== 'token')
    return own.unit === 'second' && seconds !== undefined ? multiply(own.each, seconds) : own.each
  const { tenths } = itemBound(item, known.catalogue)
  if (tenths === undefined) throw unknownPrice('katana', model)
  return atomicOfTenths(tenths, known)
}
