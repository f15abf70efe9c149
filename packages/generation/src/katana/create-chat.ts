import { checkOptions } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import type { Connection } from '../shared/service/connection.js'
import type { Operation } from '../shared/service/operation.js'
import type { CallOptions } from './call-options.js'
import type { Catalogue } from './catalogue/model.js'
import type { ChatBody } from './chat-body.js'
import type {
  ChatChunk,
  ChatCompletion,
  ChatCompletions,
  StreamingBody,
  WholeBody
} from './chat-completion.js'
import { streamChat } from './chat-stream.js'
import { callChecks } from './option-checks.js'
import { resolveChat } from './resolve-chat.js'
import { checkChat } from './rules/chat-rules.js'
import type { Session } from './session.js'
import { isCompletion } from './wire/chat-answer.js'

/** Builds the part of the client that has text written. */
export function createChat(session: Session, catalogue: Catalogue): ChatCompletions {
  const { connection } = session

  function create(body: StreamingBody, options?: CallOptions): Promise<AsyncIterable<ChatChunk>>
  function create(body: WholeBody, options?: CallOptions): Promise<ChatCompletion>
  async function create(body: StreamingBody | WholeBody, options: CallOptions = {}) {
    checkOptions(options, callChecks)
    const operation = await planChat(session, catalogue, { body, options })
    return body.stream === true ? streamChat(connection, operation) : complete(connection, operation)
  }

  return { create }
}

interface ChatCall {
  readonly body: ChatBody
  readonly options: CallOptions
}

async function planChat(session: Session, catalogue: Catalogue, call: ChatCall): Promise<Operation> {
  const { options } = call
  if (call.body.stream === true && session.choose('text', options.billing).path !== 'key')
    throw streamNeedsKey()
  const body = await resolveChat(call.body)
  const violations = (options.validate ?? session.validate) ? checkChat(body, catalogue) : []
  if (violations.length > 0) throw invalidRequest(violations)
  const model = typeof body.model === 'string' ? body.model : undefined
  return {
    ...session.billed({ kind: 'text', model, options }),
    name: 'chat.completions.create',
    method: 'POST',
    path: '/v1/chat/completions',
    body
  }
}

/** Katana 50. */
function streamNeedsKey() {
  return invalidRequest([
    {
      field: 'stream',
      rule: 'stream_needs_key',
      message: 'Text that is paid by x402 does not stream; an API key would',
      allowed: "stream: false, or a client with an apiKey and billing: 'key'"
    }
  ])
}

async function complete(connection: Connection, operation: Operation): Promise<ChatCompletion> {
  const answer = await connection.read(operation)
  if (!isCompletion(answer.body)) throw connection.malformed(answer, 'no choices')
  return answer.body
}
