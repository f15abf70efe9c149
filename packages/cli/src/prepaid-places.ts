import { BASE, type HasPrepaidAccount, type HistoryQuery, type NetworkId, type Purchase } from '@bursar/core'
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

/** The services at which the record of the last three months knows a top-up of a prepaid balance. */
export async function openPrepaid(bursar: Bursar, nowMs: number): Promise<readonly HasPrepaidAccount[]> {
  const query: HistoryQuery = { fromMs: nowMs - QUARTER_MS, state: 'settled' }
  const places = new Map<string, PrepaidPlace>()
  for await (const purchase of bursar.history(query)) {
    const place = placeOf(purchase)
    if (place) places.set(JSON.stringify(place), place)
  }
  const opened = await Promise.all([...places.values()].map((place) => open(bursar, place)))
  return opened.flat()
}

async function open(
  bursar: Bursar,
  { service, baseUrl, network }: PrepaidPlace
): Promise<readonly HasPrepaidAccount[]> {
  try {
    if (service === 'venice') return [(await import('bursar/venice')).createVenice(bursar, { baseUrl })]
    return [(await import('bursar/katana')).createKatana(bursar, { baseUrl, network })]
  } catch (error) {
    // It was topped up with an account that is not at hand now.
    if (error instanceof TypeError) return []
    throw error
  }
}

function placeOf({ labels, origin, path, offer: { network } }: Purchase): PrepaidPlace | undefined {
  if (labels['top-up'] === undefined) return undefined
  if (path.endsWith(venicePath))
    return { service: 'venice', baseUrl: origin + path.slice(0, -venicePath.length), network: BASE }
  if (!path.endsWith(katanaPath)) return undefined
  return { service: 'katana', baseUrl: origin + path.slice(0, -katanaPath.length), network }
}
