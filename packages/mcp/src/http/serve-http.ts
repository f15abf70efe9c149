import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  checkObject,
  checkOptions,
  checkText,
  type JsonObject,
  type OptionChecks,
  wholeNumberFrom
} from '@bursar/core'
import {
  type Agents,
  type AnswerOperator,
  authenticate,
  CallLimit,
  checkToken,
  HttpProblem,
  listen,
  openaiFormat,
  problemOf,
  RequestProblem,
  readJsonBody,
  sendProblem
} from '@bursar/local-server'
import { type McpContext, type SharedContext, shareContext, toolsContext } from '../context.js'
import { assertContext, assertGiven } from '../context-checks.js'
import { answerRpc } from './answer-rpc.js'
import { openOperator } from './open-operator.js'
import { cancelledId } from './rpc-message.js'
import { clientOf, newSession } from './session.js'
import { WaitingRequests } from './waiting-requests.js'
import { whenClosed } from './when-closed.js'

/** A server that listens. */
export interface McpHttpServer {
  /** For example `http://127.0.0.1:8403/mcp`. */
  readonly url: string
  stop(): Promise<void>
}

/** How the tools are served over HTTP. */
export interface HttpServing {
  /** Who may use the tools, by token. Required. @example { agents: new Agents([{ name: 'mcp', token: newToken() }]) } */
  readonly agents: Agents
  /** Where on this machine they are served; 0 takes any free port. Required. @example { port: 8403 } */
  readonly port: number
  /** Of the server, for its clients. Required. @example { version: '1.0.0' } */
  readonly version: string
  /**
   * The operator's own secret, at least 16 characters: `GET /health` with it tells what is left of each limit, and `GET /metrics`
   * is for Prometheus. Default: `/health` says that the server answers, and nothing else.
   *
   * @example { operatorToken: process.env.BURSAR_OPERATOR_TOKEN }
   */
  readonly operatorToken?: string | undefined
}

const servingChecks: OptionChecks<HttpServing> = {
  agents: checkObject,
  port: wholeNumberFrom(0, 65_535),
  version: checkText,
  operatorToken: checkToken
}

const PATH = '/mcp'
const MAX_BODY_BYTES = 4 * 1024 * 1024
/** How many requests are read at once. */
const MAX_READING = 16
/** How many requests wait for their answers at once: most of a call's time is spent so. */
const MAX_WAITING = 256

/**
 * Serves the tools over streamable HTTP, to programs on this machine that have a token.
 *
 * @throws {TypeError} when an option, or something of the context, is missing, unknown or malformed.
 * @throws {BursarError} `server/port-unavailable`
 */
export async function serveHttp(context: McpContext, serving: HttpServing): Promise<McpHttpServer> {
  checkOptions(serving, servingChecks)
  assertGiven(serving, ['agents', 'port', 'version'])
  assertContext(context)
  const shared = shareContext(context)
  const state: HttpState = {
    ...serving,
    shared,
    answerOperator: openOperator(context, serving),
    reading: new CallLimit(MAX_READING),
    answering: new CallLimit(MAX_WAITING),
    waiting: new WaitingRequests()
  }
  const server = await listen(serving.port, async (message, response) => {
    try {
      if (!(await state.answerOperator(message, response))) await answer(state, message, response)
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  const stop = async (): Promise<void> => {
    await server.close()
    await shared.calls.stop()
  }
  return { url: `${server.url}${PATH}`, stop }
}

interface HttpState extends HttpServing {
  readonly shared: SharedContext
  readonly answerOperator: AnswerOperator
  readonly reading: CallLimit
  readonly answering: CallLimit
  readonly waiting: WaitingRequests
}

async function answer(state: HttpState, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const agent = agentOf(message, state.agents)
  assertPost(message, response)
  const body = await readBody(state, message, response)
  const session = sessionOf(message, response, body)
  const cancelled = cancelledId(body)
  if (cancelled !== undefined) {
    state.waiting.cancel({ agent, session, id: cancelled })
    response.writeHead(202).end()
    return
  }
  whenClosed({ message, response }, state.answering.enter())
  const tools = toolsContext(state.shared, agent, clientOf(session))
  const { version, waiting } = state
  await answerRpc({ message, response, body }, { tools, version, waiting, session })
}

/** A client without a token looks for a place to sign in: it is told that there is none. */
function agentOf(message: IncomingMessage, agents: Agents): string {
  const isHere = message.url === PATH
  try {
    const agent = authenticate(message, agents)
    if (isHere) return agent
  } catch (error) {
    if (isHere || !(error instanceof HttpProblem) || error.status !== 401) throw error
  }
  throw new RequestProblem({ status: 404, code: 'not_found', message: `The tools are at ${PATH}` })
}

/** There is no stream of what the server says by itself, and no session to end. */
function assertPost({ method }: IncomingMessage, response: ServerResponse): void {
  if (method === 'POST') return
  response.setHeader('allow', 'POST')
  throw new RequestProblem({
    status: 405,
    code: 'method_not_allowed',
    message: `${PATH} takes POST, and answers each request by itself`
  })
}

async function readBody(
  { reading }: HttpState,
  message: IncomingMessage,
  response: ServerResponse
): Promise<JsonObject> {
  const leave = reading.enter()
  whenClosed({ message, response }, leave)
  try {
    return (await readJsonBody(message, MAX_BODY_BYTES)).value
  } finally {
    leave()
  }
}

/** The session that a request begins, or belongs to. */
function sessionOf({ headers }: IncomingMessage, response: ServerResponse, body: JsonObject): string {
  const given = headers['mcp-session-id']
  if (body.method !== 'initialize') return typeof given === 'string' ? given : ''
  const session = newSession(body)
  response.setHeader('mcp-session-id', session)
  return session
}
