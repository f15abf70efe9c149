import { BASE, type HistoryQuery, type NetworkId, type Purchase } from '@bursar/core'
import type { Bursar } from 'bursar'

/** A prepaid balance that was topped up from here. */
interface PrepaidPlace {
  readonly service: 'katana' | 'venice'
  readonly baseUrl: string
  readonly network: NetworkId
}

const QUARTER_MS = 90 * 86_400_000
const katanaPath = '/v1/x402/top-up'
const venicePath = '/api/v1/x402/top-up'

/** Opens every prepaid balance that the record of the last three months knows a top-up of. */
export async function openPrepaid(bursar: Bursar, nowMs: number): Promise<void> {
  const query: HistoryQuery = { fromMs: nowMs - QUARTER_MS, state: 'settled' }
  const places = new Map<string, PrepaidPlace>()
  for await (const purchase of bursar.history(query)) {
    const place = placeOf(purchase)
    if (place) places.set(JSON.stringify(place), place)
  }
  for (const { service, baseUrl, network } of places.values()) {
    try {
      if (service === 'venice') await bursar.venice({ baseUrl })
      else await bursar.katana({ baseUrl, network })
    } catch (error) {
      // Topped up with an account that is not at hand now.
      if (!(error instanceof TypeError)) throw error
    }
  }
}

function placeOf({ labels, origin, path, offer: { network } }: Purchase): PrepaidPlace | undefined {
  if (labels['top-up'] === undefined) return undefined
  if (path.endsWith(venicePath))
    return { service: 'venice', baseUrl: origin + path.slice(0, -venicePath.length), network: BASE }
  if (!path.endsWith(katanaPath)) return undefined
  return { service: 'katana', baseUrl: origin + path.slice(0, -katanaPath.length), network }
}
