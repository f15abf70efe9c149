import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request, and the answer to it. */
export interface HttpExchange {
  readonly message: IncomingMessage
  readonly response: ServerResponse
}

/** Whether a client has left, or has its answer: nobody is told of either again. */
export function isClosed({ message: { socket }, response }: HttpExchange): boolean {
  return response.destroyed || socket.destroyed
}

/**
 * Runs something once, when an answer was sent or its client has left: at once where that is so already. An answer that waits for
 * another on its connection says nothing itself when the connection ends.
 */
export function whenClosed(exchange: HttpExchange, run: () => void): void {
  const { message, response } = exchange
  const { socket } = message
  const end = (): void => {
    response.off('close', end)
    socket.off('close', end)
    run()
  }
  response.once('close', end)
  socket.once('close', end)
  if (isClosed(exchange)) end()
}
