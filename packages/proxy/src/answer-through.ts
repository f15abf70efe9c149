import type { IncomingMessage, ServerResponse } from 'node:http'
import { boundedText, hideLong } from '@bursar/core'
import { type CallLimit, HttpProblem, openaiFormat } from '@bursar/local-server'
import { deliver } from './answers/deliver.js'
import type { Recording } from './answers/recording.js'
import type { BodyLimit } from './body-limit.js'
import { withSignal } from './call-signal.js'
import { callOf, purchasesOf } from './fill-answer.js'
import { recordThrough } from './record-through.js'
import type { AnswerNote, ServeContext } from './serve-context.js'
import type { ProxyService } from './services/proxy-service.js'
import { type ReadThrough, readThrough } from './through-request.js'

/** What answers a request that goes through to an upstream. */
export interface Through {
  readonly agent: string
  readonly context: ServeContext
  readonly bodies: BodyLimit
  readonly calls: CallLimit
  readonly passThrough: NonNullable<ProxyService['passThrough']>
}

const MAX_ERROR_BYTES = 64 * 1024

/** Answers a request with what the upstream does, once that is paid. @throws {RequestProblem} */
export async function answerThrough(
  message: IncomingMessage,
  response: ServerResponse,
  through: Through
): Promise<Pick<AnswerNote, 'cost' | 'isRepeat'>> {
  const { context, calls } = through
  const read = await readCounted(message, through)
  const fillNew = async (recording: Recording): Promise<void> => {
    const leave = calls.enter()
    try {
      await fill(recording, read, through)
    } finally {
      leave()
    }
  }
  await context.answers.untilLeft(read.request)
  const answer = context.answers.share(read.request, fillNew, message.socket)
  const { recording, isRepeat, leave } = answer
  const delivered = deliver(response, recording, { format: openaiFormat, clock: context.clock })
  leave(await delivered.catch(() => false))
  const { cost } = recording.costs
  return { isRepeat: isRepeat || recording.isPaidBefore, ...(cost ? { cost } : {}) }
}

async function readCounted(
  message: IncomingMessage,
  { agent, context, bodies }: Through
): Promise<ReadThrough> {
  const { agents, maxBodyBytes } = context
  const leave = bodies.enter(message)
  try {
    return await readThrough(message, { agent, agents, maxBodyBytes })
  } finally {
    leave()
  }
}

async function fill(
  recording: Recording,
  { request, through }: ReadThrough,
  { context, passThrough }: Through
): Promise<void> {
  await withSignal(context, async (signal) => {
    const onPurchase = purchasesOf(recording, context.costs)
    const answer = await passThrough(through, callOf(request, { signal, onPurchase }))
    if (answer.status >= 400 && recording.costs.cost) throw await paidAndFailed(answer)
    await recordThrough(recording, answer)
  })
}

/** Clients repeat what looks like a fault of the service, which would be paid again. */
async function paidAndFailed(answer: Response): Promise<HttpProblem> {
  const text = await boundedText(answer, MAX_ERROR_BYTES).catch(() => undefined)
  const words = text === undefined || text === '' ? '' : `: ${hideLong(text).slice(0, 400)}`
  const message = `The upstream was paid and answered ${answer.status}${words}`
  return new HttpProblem({ status: 502, code: 'service_refused', message, moneyState: 'settled' })
}
