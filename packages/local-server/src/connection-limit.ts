import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { openaiFormat } from './api-format.js'
import { RequestProblem } from './http-problem.js'
import { sendProblem } from './send-problem.js'

/** Connections beyond the limit that are answered. Further ones are cut, since each may say nothing for a while. */
const MAX_ANSWERED = 256

/** Bounds how many connections a server has. Each takes memory, and one of the files that a process may have open. */
export class ConnectionLimit {
  readonly #max: number
  readonly #surplus = new WeakSet<Socket>()
  #open = 0

  constructor(max: number) {
    this.#max = max
  }

  /** Counts the connections of a server. Those that wait for a request make room for new ones. */
  watch(server: Server): void {
    server.maxConnections = this.#max + MAX_ANSWERED
    server.on('connection', (socket: Socket) => {
      this.#open++
      socket.once('close', () => {
        this.#open--
      })
      if (this.#open <= this.#max) return
      this.#surplus.add(socket)
      server.closeIdleConnections()
    })
  }

  /** Answers 429 on a connection that is one too many, and ends it. @returns whether it did. */
  refuse({ socket }: IncomingMessage, response: ServerResponse): boolean {
    if (!this.#surplus.has(socket)) return false
    this.#surplus.delete(socket)
    if (this.#open <= this.#max) return false
    response.setHeader('connection', 'close')
    const message = `${this.#max} connections are open, and no more are allowed at once. Nothing was paid`
    sendProblem(
      response,
      new RequestProblem({ status: 429, code: 'too_many_connections', message }),
      openaiFormat
    )
    return true
  }
}
