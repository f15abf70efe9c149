import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@bursar/core'
import { onTestFinished } from 'vitest'

/** One request as it arrived. */
export interface Arrival {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body, when it is a JSON object. */
  readonly json: Record<string, unknown>
}

/** Answers each arrival; the second argument is the number of earlier ones. */
export type Script = (arrival: Arrival, response: ServerResponse, index: number) => void | Promise<void>

/** A real HTTP server on a free loopback port that answers by a script and records the requests. */
export async function serve(script: Script): Promise<{ url: string; arrivals: Arrival[] }> {
  const arrivals: Arrival[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const arrival: Arrival = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : {}
    }
    await script(arrival, response, arrivals.push(arrival) - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivals }
}

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A clock whose sleeps take no time, and are written down. */
export function quickClock(
  startMs = Date.parse('2026-05-13T13:00:00Z')
): Clock & { readonly sleeps: number[] } {
  let nowMs = startMs
  const sleeps: number[] = []
  return {
    sleeps,
    nowMs: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      sleeps.push(ms)
      nowMs += ms
    }
  }
}

/** No randomness: no jitter. */
export const still = (length: number): Uint8Array => new Uint8Array(length)

export const REQUEST_ID = '0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'

/** The state of a job, as Katana reports it. */
export function envelope(status: string, responses: readonly object[] = [], more: object = {}): object {
  return {
    request_id: REQUEST_ID,
    status,
    responses,
    poll_after_seconds: ['completed', 'partial_failure', 'failed', 'rejected'].includes(status) ? null : 2,
    ...more
  }
}

/** An item that is done. */
export function completed(url: string, asset: object = {}): object {
  return {
    job_id: '8c92b087-8d6d-4ad2-9b18-3f296568dcfd',
    type: 'image',
    status: 'completed',
    output_assets: [
      {
        kind: 'image',
        mime_type: 'image/png',
        url: `${url}/preview.png`,
        original_data_url: `${url}/original.png`,
        thumbnail_image_url: `${url}/thumbnail.jpg`,
        width: 8,
        height: 8,
        expires_at: '2026-05-16T13:00:02+00:00',
        ...asset
      }
    ],
    started_at: '2026-05-13T12:59:16+00:00',
    completed_at: '2026-05-13T13:00:02+00:00',
    metadata: { model: 'gpt2image', credits_spent: '3' }
  }
}

/** An item that made nothing. */
export function failed(
  status: 'failed' | 'rejected',
  code: string,
  message: string,
  retryable = false
): object {
  return { type: 'image', status, output_assets: [], error: { code, message, retryable, details: {} } }
}
