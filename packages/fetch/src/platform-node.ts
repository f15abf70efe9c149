import { createHash, hash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'
import { MAX_HEADER_BYTES } from '@bursar/core'
import type { Agent, Dispatcher } from 'undici'
import type { Platform } from './platform.js'
import type { OutgoingRequest } from './transport/transport.js'

/** How long answers that are still being read may take when everything is closed. */
const CLOSING_MS = 1_000

/** Node: undici underneath, OpenSSL's SHA-256, and `diagnostics_channel('bursar')`. */
export const platform: Platform = {
  createTransport() {
    let agent: Promise<Agent> | undefined
    let transport: ReturnType<typeof loadTransport> | undefined
    let open = 0
    let onIdle = (): void => {}
    const onDone = (): void => {
      if (--open === 0) onIdle()
    }
    const send = async (outgoing: OutgoingRequest) => {
      const own = outgoing.request.extra.dispatcher
      transport ??= loadTransport()
      const { sendThrough } = await transport
      if (isDispatcher(own)) return sendThrough(own, outgoing)
      agent ??= createAgent()
      const dispatcher = await agent
      open++
      return sendThrough(dispatcher, outgoing, onDone)
    }
    const close = async (): Promise<void> => {
      // An answer that nobody reads would keep its connection, and the program, for ever. Undici's own close forgets what is
      // open, so that nothing could break it off any more.
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve
      })
      if (open > 0) await Promise.race([idle, sleep(CLOSING_MS, undefined, { ref: false })])
      await (await agent)?.destroy()
    }
    return Object.assign(send, { close })
  },
  async sha256(head, body) {
    if (!body) return hash('sha256', head, 'hex')
    const digest = createHash('sha256').update(head)
    if (body.kind === 'bytes') for (const chunk of body.chunks) digest.update(chunk)
    else for await (const chunk of body.blob.stream()) digest.update(chunk)
    return digest.digest('hex')
  },
  diagnostics: channel('bursar')
}

/** The platform's Response costs a dozen milliseconds at its first mention, which a program that only imports never pays. */
const loadTransport = () => import('./transport/undici-transport.js')

async function createAgent(): Promise<Agent> {
  // Loading undici costs tens of milliseconds; a program that only quotes prices offline never pays them.
  const { Agent } = await import('undici')
  return new Agent({
    keepAliveTimeout: 60_000,
    // Challenges with many offers pass Node's 16 KB.
    maxHeaderSize: MAX_HEADER_BYTES + 16 * 1024
  })
}

function isDispatcher(value: unknown): value is Dispatcher {
  return (
    typeof value === 'object' && value !== null && 'dispatch' in value && typeof value.dispatch === 'function'
  )
}
