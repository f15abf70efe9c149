import {
  BursarError,
  boundedText,
  type Clock,
  isJsonObject,
  type JsonObject,
  type MoneyState,
  parseJsonObject,
  serverWords,
  within
} from '@bursar/core'

/** A page of movements; no answer is near it. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/** A request to a service, and the state of the money for errors. */
export interface Question {
  readonly service: string
  readonly origin: string
  /** Such as `top-up`. */
  readonly operation: string
  readonly moneyState: MoneyState
  readonly clock: Clock
}

/** A body of which a byte comes now and then is no answer. */
const ANSWER_TIMEOUT_MS = 60_000

/**
 * Reads a short answer of a service. Its sender chooses neither how long it is nor how long it takes.
 *
 * @returns `undefined` when it is too long.
 * @throws {TypeError} when it takes too long, and what its stream throws.
 */
export async function readInTime(response: Response, clock: Clock): Promise<string | undefined> {
  const given = new AbortController()
  const late = (): TypeError => new TypeError('Its answer did not end')
  const text = boundedText(response, MAX_ANSWER_BYTES, given.signal)
  // A body that does not end would be read for ever.
  return within(text, { ms: ANSWER_TIMEOUT_MS, clock, late }).finally(() => given.abort('over'))
}

/**
 * Reads an answer as a JSON object.
 *
 * @throws {BursarError} `service/refused` for another status than 2xx, `service/unreachable`, `service/answer-malformed`
 */
export async function readAnswer(question: Question, response: Response): Promise<JsonObject> {
  const text = await reach(question, () => readInTime(response, question.clock))
  const body = text === undefined ? undefined : parseJsonObject(text)
  if (!response.ok) throw refused(question, response.status, body)
  return body ?? malformed(question, response.status, 'not a JSON object')
}

/**
 * Sends a question, or reads its answer.
 *
 * @throws {BursarError} `service/unreachable`
 */
export async function reach<Value>(question: Question, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (cause) {
    const { service, origin, operation, moneyState } = question
    throw new BursarError('service/unreachable', {
      message: `${service}: ${operation} was not answered by ${origin}.${moneyWords(moneyState)}`,
      context: { service, operation, origin },
      moneyState,
      cause
    })
  }
}

/** @throws {BursarError} `service/answer-malformed` */
export function malformed(
  { service, operation, moneyState }: Question,
  status: number,
  reason: string
): never {
  throw new BursarError('service/answer-malformed', {
    message: `${service}: ${operation} was answered with what cannot be understood: ${reason}.${moneyWords(moneyState)}`,
    context: { service, operation, status, reason },
    moneyState
  })
}

function refused(
  { service, operation, moneyState }: Question,
  status: number,
  body: JsonObject | undefined
): BursarError<'service/refused'> {
  const error = isJsonObject(body?.error) ? body.error : {}
  const [serviceCode, reason] = [serverWords(error.code), serverWords(error.message)]
  return new BursarError('service/refused', {
    message: `${service}: ${operation} was answered with ${status}.${moneyWords(moneyState)}`,
    context: {
      service,
      operation,
      status,
      ...(serviceCode === undefined ? {} : { serviceCode }),
      ...(reason === undefined ? {} : { reason })
    },
    moneyState
  })
}

function moneyWords(moneyState: MoneyState): string {
  if (moneyState === 'none') return ' Nothing was paid.'
  if (moneyState === 'settled') return ' It was paid for.'
  return moneyState === 'sent' ? ' A payment is out.' : ' Whether it was charged is not known.'
}
