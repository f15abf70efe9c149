import { BASE, type HasPrepaidAccount, type HistoryQuery, type NetworkId, type Purchase } from '@bursar/core'
import type { Bursar } from 'bursar'

/** A prepaid balance that was topped up from here. */
interface ToppedUp {
  readonly service: 'katana' | 'venice'
  readonly baseUrl: string
  readonly network: NetworkId
}

const QUARTER_MS = 90 * 86_400_000
const katanaPath = '/v1/x402/top-up'
const venicePath = '/api/v1/x402/top-up'

/** The services whose prepaid balance was topped up within the last three months, as the record has it. */
export async function findPrepaid(bursar: Bursar, nowMs: number): Promise<readonly HasPrepaidAccount[]> {
  const query: HistoryQuery = { fromMs: nowMs - QUARTER_MS, state: 'settled' }
  const found = new Map<string, ToppedUp>()
  for await (const purchase of bursar.history(query)) {
    const toppedUp = parseTopUp(purchase)
    if (toppedUp) found.set(JSON.stringify(toppedUp), toppedUp)
  }
  return (await Promise.all([...found.values()].map((toppedUp) => open(bursar, toppedUp)))).flat()
}

async function open(
  bursar: Bursar,
  { service, baseUrl, network }: ToppedUp
): Promise<readonly HasPrepaidAccount[]> {
  try {
    if (service === 'venice') return [(await import('bursar/venice')).createVenice(bursar, { baseUrl })]
    return [(await import('bursar/katana')).createKatana(bursar, { baseUrl, network })]
  } catch (error) {
    // It was topped up with an account that is not used now.
    if (error instanceof TypeError) return []
    throw error
  }
}

function parseTopUp({ labels, origin, path, offer: { network } }: Purchase): ToppedUp | undefined {
  if (labels['top-up'] === undefined) return undefined
  if (path.endsWith(venicePath))
    return { service: 'venice', baseUrl: origin + path.slice(0, -venicePath.length), network: BASE }
  if (!path.endsWith(katanaPath)) return undefined
  return { service: 'katana', baseUrl: origin + path.slice(0, -katanaPath.length), network }
}
