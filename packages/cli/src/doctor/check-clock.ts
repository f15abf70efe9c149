import { discardBody } from '@bursar/core'
import type { Finding } from './finding.js'

/** A payment is valid for a span of time by the clocks of the server and of its chain. */
const MAX_SKEW_MS = 30_000
const TIMEOUT_MS = 10_000

/** Compares this machine's clock with a server's. */
export async function checkClock(url: string): Promise<Finding> {
  const what = 'clock'
  try {
    const skewMs = Date.now() - (await serverTime(url))
    if (Number.isNaN(skewMs)) return { what, ok: true, text: 'the server says no time' }
    return { what, ok: Math.abs(skewMs) <= MAX_SKEW_MS, text: skewText(skewMs) }
  } catch {
    return { what, ok: false, text: `${new URL(url).host} does not answer` }
  }
}

async function serverTime(url: string): Promise<number> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  discardBody(response)
  return Date.parse(response.headers.get('date') ?? '')
}

function skewText(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  if (seconds <= 1) return "agrees with the server's"
  return `${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} the server's`
}
