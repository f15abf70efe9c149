import { MAX_HEADER_BYTES, serverWords } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { loadWire } from './load-wire.js'

/** How long an error waits for a body that may say why. */
const MAX_WAIT_MS = 5_000

/** The receipt of a settlement that failed comes first, then a fresh challenge. */
const headers = ['PAYMENT-RESPONSE', 'X-PAYMENT-RESPONSE', 'PAYMENT-REQUIRED']

/**
 * Reads why the server did not take a payment, wherever servers say it: in the receipt, in a fresh challenge, in the body,
 * or in the status line.
 */
export async function readRejectionReason(response: IncomingResponse): Promise<string | undefined> {
  const { rejectionReasonOfHeader, rejectionReasonOfBody } = await loadWire()
  for (const name of headers) {
    const text = response.header(name.toLowerCase())
    const reason = text === undefined ? undefined : rejectionReasonOfHeader(name, text)
    if (reason !== undefined) return reason
  }
  const body = await bodyOf(response)
  const reason = body === undefined ? undefined : rejectionReasonOfBody(body)
  if (reason !== undefined || response.status === 402) return reason
  return serverWords(response.statusText)
}

/** A body that is too long, too late or broken says nothing. */
async function bodyOf(response: IncomingResponse): Promise<string | undefined> {
  try {
    return await response.text({ maxBytes: MAX_HEADER_BYTES, timeoutMs: MAX_WAIT_MS })
  } catch {
    return undefined
  }
}
