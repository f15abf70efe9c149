import { createHash, hash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import type { Platform } from './platform.js'
import { AgentTransport } from './transport/agent-transport.js'
import { createEnvFetch } from './transport/env-fetch.js'

/** Node: undici underneath, OpenSSL's SHA-256, and `diagnostics_channel('bursar')`. */
export const platform: Platform = {
  createTransport: (clock) => new AgentTransport(clock),
  rpcFetch: createEnvFetch(),
  async sha256(head, body) {
    if (!body) return hash('sha256', head, 'hex')
    const digest = createHash('sha256').update(head)
    if (body.kind === 'bytes') for (const chunk of body.chunks) digest.update(chunk)
    else for await (const chunk of body.blob.stream()) digest.update(chunk)
    return digest.digest('hex')
  },
  diagnostics: channel('bursar')
}
