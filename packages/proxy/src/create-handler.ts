import type { IncomingMessage, ServerResponse } from 'node:http'
import { notify } from '@bursar/core'
import {
  type ApiFormat,
  allowOrigin,
  answerPreflight,
  assertLetIn,
  authenticate,
  openaiFormat,
  sendProblem
} from '@bursar/local-server'
import { type Answered, createAnswering } from './answer-request.js'
import { pathOf } from './call-request.js'
import { anthropicFormat, responsesFormat } from './endpoints/api-formats.js'
import { endpoints } from './endpoints/endpoints.js'
import { problemOfRequest } from './problem-of-request.js'
import type { ServeContext } from './serve-context.js'

/** Builds the handler of the proxy's HTTP server. It answers every request, and never throws. */
export function createHandler(context: ServeContext) {
  const answer = createAnswering(context)
  const { access } = context
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = context.clock.nowMs()
    const path = shownPath(message, context)
    let agent: string | undefined
    let answered: Answered | undefined
    try {
      allowOrigin(message, response, access)
      if (answerPreflight(message, response, access) || answerGreeting(message, response, context)) return
      if (await context.answerOperator(message, response)) return
      agent = authenticate(message, context.agents, access)
      answered = await answer(message, response, agent)
    } catch (error) {
      answered = { problem: problemOfRequest(error).code }
      sendFailure(message, response, { error, isKnown: agent !== undefined })
    }
    const atMs = context.clock.nowMs()
    const note = { path, status: response.statusCode, ms: atMs - startedMs, atMs, ...answered }
    if (agent !== undefined) context.metrics?.noteAnswer({ agent, ...note })
    void notify(context.onAnswered, agent === undefined ? note : { agent, ...note }, 'onAnswered')
  }
}

/** A path as it is told of: some programs write their token into it. */
function shownPath(message: IncomingMessage, { agents }: ServeContext): string {
  const path = pathOf(message)
  return agents.areTokensIn([path]) ? '/…' : path
}

/** Answers who looks whether something listens, as Claude Code does before its first request. @returns whether it was that. */
function answerGreeting(
  message: IncomingMessage,
  response: ServerResponse,
  { access, agents }: ServeContext
): boolean {
  const { method = '' } = message
  if (pathOf(message) !== '/' || !['GET', 'HEAD'].includes(method)) return false
  if (agents.nameOf(message.headers) !== undefined) return false
  assertLetIn(message, access)
  response.writeHead(200, { 'content-type': 'text/plain' }).end(method === 'HEAD' ? undefined : 'bursar\n')
  return true
}

function sendFailure(
  message: IncomingMessage,
  response: ServerResponse,
  { error, isKnown }: { readonly error: unknown; readonly isKnown: boolean }
): void {
  // What a stranger goes on sending is not read.
  if (!message.complete && !response.headersSent && !isKnown) response.setHeader('connection', 'close')
  sendProblem(response, problemOfRequest(error), formatOf(message))
}

/** The API of who asks, also for a path that is not here. */
function formatOf(message: IncomingMessage): ApiFormat {
  const path = pathOf(message)
  const isKnown = endpoints.has(path) && !path.startsWith('/v1/messages')
  if (path.startsWith('/v1/messages') || (!isKnown && message.headers['anthropic-version'] !== undefined))
    return anthropicFormat
  return path.startsWith('/v1/responses') ? responsesFormat : openaiFormat
}
