import { type AtomicUsdc, atomicUsdc, isBursarError, type JsonObject } from '@bursar/core'
import type { Tariff } from '../shared/metering/sale.js'
import { unpriced } from '../shared/metering/unpriced.js'
import { objectAt, objectsAt, textAt } from '../shared/service/fields.js'
import type { Catalogue } from './catalogue/model.js'
import type { ChatBody } from './chat-body.js'
import { parseCredits } from './credits.js'
import { type Estimate, estimateChat, estimateItems } from './estimate.js'
import { isRequestId } from './wire/envelope.js'

const MAX_ITEMS = 1000

/** What a call that is billed to a key's account costs: items as listed, and text its reserve, then its charge. */
export function katanaTariff(catalogue: Catalogue): Tariff {
  return ({ method, path, body }) => {
    if (method !== 'POST') return undefined
    if (path === '/v1/generation-requests') {
      const items = objectsAt(body, 'requests', MAX_ITEMS)
      const model = textAt(items[0] ?? {}, 'model') ?? ''
      const most = atomicOf(estimateItems(items.map(pricedItem), catalogue), model)
      return { model, most, jobOf: ({ request_id: id }) => (isRequestId(id) ? id : undefined) }
    }
    if (path !== '/v1/chat/completions') return undefined
    const model = textAt(body, 'model') ?? ''
    const most = atomicOf(estimateChat(body as unknown as ChatBody, catalogue), model)
    return { model, most, costOf: (answers) => charged(answers, catalogue) }
  }
}

function atomicOf(estimate: Estimate | undefined, model: string): AtomicUsdc {
  if (!estimate) throw unpriced('katana', model)
  return atomicUsdc(estimate.usdAtomic)
}

function pricedItem(item: JsonObject): Parameters<typeof estimateItems>[0][number] {
  const model = textAt(item, 'model') ?? ''
  const { duration_seconds: durationSeconds } = item
  if (item.type !== 'video') return { type: 'image', model }
  return { type: 'video', model, durationSeconds: typeof durationSeconds === 'number' ? durationSeconds : 0 }
}

/** Katana 79 to 81: credits that were charged, by the last that tells. */
function charged(answers: readonly JsonObject[], catalogue: Catalogue): AtomicUsdc | undefined {
  const credits = answers
    .map((answer) => objectAt(objectAt(answer, 'usage'), 'imgnai').credits_charged)
    .findLast((value) => typeof value === 'string' || typeof value === 'number')
  try {
    return credits === undefined
      ? undefined
      : atomicUsdc(parseCredits(String(credits)) * catalogue.atomicUsdPerTenth)
  } catch (error) {
    if (isBursarError(error, 'amount/malformed')) return undefined
    throw error
  }
}
