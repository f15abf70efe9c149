import { keepFirst, type Receipt, type SignIn } from '@bursar/fetch'
import type { Bursar } from 'bursar'
import { withPayingBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import type { AnswerSink } from '../files/answer-sink.js'
import { assertHasOutput } from '../files/assert-has-output.js'
import { openFileSink } from '../files/file-sink.js'
import { keepAnswer } from '../files/keep-answer.js'
import { keeping } from '../files/keeping.js'
import { terminalSink } from '../files/terminal-sink.js'
import { type TextSink, textSink } from '../files/text-sink.js'
import { assertPurchaseName } from '../options/purchase-name.js'
import { assertUrl, type RequestOptions, type RequestParts, readRequest } from '../options/request-options.js'
import { receiptJson, receiptLine, unpaidLine } from '../text/receipt-text.js'

/** The options of `pay`. */
export interface PayOptions extends RequestOptions {
  readonly maxAmount?: string
  readonly output?: string
  readonly maxBytes?: number
  readonly include?: boolean
  readonly name?: string
  readonly signIn?: SignIn
  readonly json?: boolean
}

/** Bytes of an answer that becomes part of a JSON document. */
const MAX_JSON_BYTES = 16 * 1024 * 1024

/** Sends a request, pays for its answer, and keeps it. */
export async function pay(context: CommandContext, url: string, options: PayOptions): Promise<void> {
  assertUrl(url)
  if (options.name !== undefined) assertPurchaseName(options.name)
  const request = await readRequest(options)
  const output = await openOutput(context, options)
  try {
    await withPayingBursar(context, options, (bursar) =>
      payFor(context, bursar, { url, request, options, output })
    )
  } finally {
    await output.sink.discard()
  }
}

/** Where the answer goes. */
interface Output {
  readonly sink: AnswerSink
  /** The text of the answer, where it becomes part of a JSON document. */
  readonly text?: TextSink['text']
}

async function openOutput(context: CommandContext, { output, json }: PayOptions): Promise<Output> {
  if (output !== undefined) return { sink: await openFileSink(output) }
  assertHasOutput(context)
  if (!json) return { sink: terminalSink(context) }
  const sink = textSink()
  return { sink, text: sink.text }
}

interface Payment {
  readonly url: string
  readonly request: RequestParts
  readonly options: PayOptions
  readonly output: Output
}

/** The call has its answer when the answer is kept, and not when it has arrived. */
async function payFor(context: CommandContext, bursar: Bursar, payment: Payment): Promise<void> {
  const { url, request, options } = payment
  const name = options.name === undefined ? {} : { purchase: options.name }
  const { response, receipt } = await keepFirst(async (answerKept) => {
    const answered = await bursar.fetch(url, {
      ...request,
      bursar: { ...name, signIn: options.signIn, answerKept }
    })
    const paid = bursar.receiptOf(answered)
    await keep(context, { response: answered, receipt: paid }, payment)
    return { response: answered, receipt: paid }
  })
  context.err(receipt ? receiptLine(receipt) : unpaidLine(response, request.headers))
  context.progress.exitCode = exitCodeFor(response, receipt)
}

/** An answer, and what it cost. */
interface Paid {
  readonly response: Response
  readonly receipt: Receipt | undefined
}

async function keep(context: CommandContext, { response, receipt }: Paid, payment: Payment): Promise<void> {
  const { options, output } = payment
  const isPaid = receipt !== undefined
  const print = (text: string): Promise<void> =>
    keeping(context.write(new TextEncoder().encode(text)), isPaid ? 'paid' : 'free')
  if (options.include && !options.json) await print(headText(response))
  const maxBytes = options.maxBytes ?? (output.text ? MAX_JSON_BYTES : undefined)
  await keepAnswer(response, { sink: output.sink, isPaid, maxBytes })
  if (options.json) await print(`${JSON.stringify(resultJson(response, receipt, payment))}\n`)
}

function headText({ status, headers }: Response): string {
  return `HTTP ${status}\n${[...headers].map(([name, value]) => `${name}: ${value}\n`).join('')}\n`
}

function resultJson(response: Response, receipt: Receipt | undefined, { options, output }: Payment) {
  const body = output.text ? { body: output.text() } : { file: options.output }
  return { status: response.status, receipt: receiptJson(receipt), ...body }
}

function exitCodeFor({ ok }: Response, receipt: Receipt | undefined): number {
  if (ok) return exitCodes.done
  return receipt ? exitCodes.paidWithoutAnswer : exitCodes.failed
}
