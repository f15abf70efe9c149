import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { ReplyContent } from '@bursar/gateway'
import { arrayOf, openPicture, payFor, runCommand } from './offered-tools.js'
import { caseIn, FORBIDDEN_FILE, type SessionCase, TOOL_OUTPUT } from './session-case.js'

/** What a turn begins with when it is the model that ends it. */
export const ANSWER = 'Answer of the model'

/** What the model was asked, and what happened since. */
interface Turn {
  readonly request: JsonObject
  /** Or the URL. */
  readonly path: string
  /** The messages behind the prompt. */
  readonly later: readonly JsonObject[]
}

const answer = (words: string): ReplyContent => ({ content: `${ANSWER}: ${words}.` })

const replies: Readonly<Record<SessionCase, (turn: Turn) => ReplyContent>> = {
  text: () => ({ reasoning: 'Something to think of.', ...answer('a text') }),
  tool: ({ request, later }) =>
    later.length === 0
      ? { reasoning: 'A tool is needed.', toolCalls: [runCommand(request, `echo ${TOOL_OUTPUT}`)] }
      : answer(textOf(later).includes(TOOL_OUTPUT) ? 'the tool ran' : 'the tool did not run'),
  picture: ({ request, path, later }) =>
    later.length === 0
      ? { toolCalls: [openPicture(request, path)] }
      : answer(`${picturesIn(later)} picture was shown`),
  mcp: ({ request, path, later }) =>
    // A search for the tool, and the tool.
    later.filter(({ role }) => role === 'tool').length < 2 && !hasPaid(later)
      ? { toolCalls: [payFor(request, path)] }
      : answer(hasPaid(later) ? 'the report was paid for' : 'the report was not paid for'),
  'cut-text': ({ later }) =>
    later.length === 0 ? { content: `${ANSWER}: it is long and`, isCut: true } : answer('and it has an end'),
  'cut-tool': ({ request, later }) =>
    later.length === 0
      ? { toolCalls: [runCommand(request, `touch ${FORBIDDEN_FILE}`)], isCut: true }
      : answer('no tool is needed'),
  refusal: () => ({ refusal: `${ANSWER}: no, by no means.` }),
  slow: () => answer('it took its time'),
  'lost-answer': () => answer('had at the second try'),
  'lost-payment': () => answer('had for the first payment'),
  // What nobody gets.
  'lost-charge': () => answer('charged and lost'),
  'paid-failure': () => answer('paid and lost'),
  'over-limit': () => answer('not bought')
}

/**
 * Plays the model in a session: what it replies follows from the request alone, so that a session that is replayed has the
 * same answers. A request without tools is one for a title.
 */
function sessionModel(request: JsonObject): ReplyContent {
  const messages = arrayOf(request.messages).filter(isJsonObject)
  const asked = messages.findLastIndex((each) => each.role === 'user' && caseIn(textOf(each)) !== undefined)
  const found = caseIn(textOf(messages[asked] ?? ''))
  if (!found || arrayOf(request.tools).length === 0) return { content: 'A title' }
  return replies[found.name]({ request, path: found.path, later: messages.slice(asked + 1) })
}

/** The model of a session, which tells when it is asked. */
export interface WatchedModel {
  reply(request: JsonObject): ReplyContent
  /** Settles when it is next asked for something that is no title. */
  untilAsked(): Promise<void>
}

/** Watches {@link sessionModel}. */
export function watchModel(): WatchedModel {
  let tell: (() => void) | undefined
  return {
    reply(request) {
      if (arrayOf(request.tools).length > 0) tell?.()
      return sessionModel(request)
    },
    untilAsked: () =>
      new Promise((resolve) => {
        tell = resolve
      })
  }
}

/** Whether a tool said what it paid, whatever a client makes of its result. */
function hasPaid(messages: readonly JsonObject[]): boolean {
  return /paid\W+0\.01 USDC/.test(textOf(messages))
}

/** All text of a message, or of several. */
function textOf(value: JsonValue | readonly JsonValue[]): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  return isJsonObject(value) ? textOf(value.text ?? value.content ?? '') : ''
}

function picturesIn(messages: readonly JsonObject[]): number {
  const parts = messages.flatMap(({ content }) => arrayOf(content))
  return parts.filter((part) => isJsonObject(part) && part.type === 'image_url').length
}
