import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js'
import type { Deliveries } from './deliveries.js'

/** A transport that says when an answer was sent. */
export class ObservedTransport implements Transport {
  readonly #transport: Transport
  readonly #deliveries: Deliveries

  constructor(transport: Transport, deliveries: Deliveries) {
    this.#transport = transport
    this.#deliveries = deliveries
  }

  get sessionId(): string | undefined {
    return this.#transport.sessionId
  }

  set onclose(listen: (() => void) | undefined) {
    const { onclose } = this.#transport
    this.#transport.onclose = () => {
      this.#deliveries.endAll(false)
      onclose?.()
      listen?.()
    }
  }

  set onerror(listen: ((error: Error) => void) | undefined) {
    const { onerror } = this.#transport
    this.#transport.onerror = (error) => {
      onerror?.(error)
      listen?.(error)
    }
  }

  set onmessage(listen:
    | (<Message extends JSONRPCMessage>(message: Message, extra?: MessageExtraInfo) => void)
    | undefined) {
    this.#transport.onmessage = (message, extra) => listen?.(message, extra)
  }

  start(): Promise<void> {
    return this.#transport.start()
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const id = 'method' in message ? undefined : message.id
    try {
      await this.#transport.send(message, options)
      if (id !== undefined) this.#deliveries.end(id, true)
    } catch (error) {
      if (id !== undefined) this.#deliveries.end(id, false)
      throw error
    }
  }
}
