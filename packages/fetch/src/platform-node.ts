import { createHash, hash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import type { Platform } from './platform.js'
import type { CapturedBody } from './request/captured-request.js'
import { AgentTransport } from './transport/agent-transport.js'
import { createEnvFetch } from './transport/env-fetch.js'

async function hashWith(head: string, body: CapturedBody): Promise<string> {
  const digest = createHash('sha256').update(head)
  if (body.kind === 'bytes') for (const chunk of body.chunks) digest.update(chunk)
  else for await (const chunk of body.blob.stream()) digest.update(chunk)
  return digest.digest('hex')
}

/** Node: undici underneath, OpenSSL's SHA-256, and `diagnostics_channel('bursar')`. */
export const platform: Platform = {
  createTransport: (clock) => new AgentTransport(clock),
  rpcFetch: createEnvFetch(),
  sha256: (head, body) => (body ? hashWith(head, body) : hash('sha256', head, 'hex')),
  diagnostics: channel('bursar')
}
