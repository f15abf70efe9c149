import type { IncomingMessage, ServerResponse } from 'node:http'
import { notify } from '@bursar/core'
import { anthropicFormat, authenticate, openaiFormat, sendProblem } from '@bursar/local-server'
import { type Answered, createAnswering } from './answer-request.js'
import { pathOf } from './call-request.js'
import { problemOfRequest } from './problem-of-request.js'
import type { ServeContext } from './serve-context.js'

/** Builds the handler of the proxy's HTTP server. It answers every request, and never throws. */
export function createHandler(context: ServeContext) {
  const answer = createAnswering(context)
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = context.clock.nowMs()
    const path = pathOf(message)
    let agent: string | undefined
    let answered: Answered | undefined
    try {
      agent = authenticate(message, context.agents)
      answered = await answer(message, response, agent)
    } catch (error) {
      sendFailure(message, response, error)
    }
    const atMs = context.clock.nowMs()
    const note = { path, status: response.statusCode, ms: atMs - startedMs, atMs, ...answered }
    void notify(context.onAnswered, agent === undefined ? note : { agent, ...note }, 'onAnswered')
  }
}

function sendFailure(message: IncomingMessage, response: ServerResponse, error: unknown): void {
  // A body that is still arriving is not read to its end, so the connection cannot be used again.
  if (!message.complete && !response.headersSent) response.setHeader('connection', 'close')
  const format = pathOf(message).startsWith('/v1/messages') ? anthropicFormat : openaiFormat
  sendProblem(response, problemOfRequest(error), format)
}
