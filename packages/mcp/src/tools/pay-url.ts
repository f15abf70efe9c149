import { type AtomicUsdc, formatUsdc, type Offer, parseUsdc } from '@bursar/core'
import { keepFirst } from '@bursar/fetch'
import * as z from 'zod'
import type { CallRun } from '../calls/call-run.js'
import type { McpContext } from '../context.js'
import { moneyWords } from '../money-words.js'
import type { ToolOutput } from '../tool-output.js'
import { checkSent } from './check-sent.js'
import { checkUrl } from './check-url.js'
import { initOf, type ModelRequest, requestShape } from './request-shape.js'
import { showAnswer } from './show-answer.js'

const MAX_NAME_LENGTH = 200

/** A request that is paid for, as a model writes it. */
export const payShape = {
  ...requestShape,
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .describe('default GET, and POST with a body'),
  body: z.string().optional().describe('the body as text; JSON is sent as JSON'),
  maxUsdc: z.string().optional().describe('the most to pay, such as "0.05"; can only lower the limit'),
  purchase: z
    .string()
    .max(MAX_NAME_LENGTH)
    .optional()
    .describe('a name for it, such as "invoice-42": it is bought once for ever')
}

/** What a model says of a payment. */
export interface PayRequest extends ModelRequest {
  readonly maxUsdc?: string | undefined
  readonly purchase?: string | undefined
}

/** Sends a request and pays for its answer. */
export async function payUrl(
  { bursar, files, secrets = [] }: McpContext,
  { maxUsdc, purchase, ...request }: PayRequest,
  { labels, signal, keep }: CallRun
): Promise<ToolOutput> {
  checkSent(request, secrets)
  const terms = termsOf({ maxUsdc, purchase })
  // An answer that cannot be kept is not worth paying for.
  await files.prepare()
  return keepFirst(async (answerKept) => {
    const options = { ...terms, tenant: labels.agent, labels, answerKept }
    const response = await bursar.fetch(request.url, { ...initOf(request), signal, bursar: options })
    const receipt = bursar.receiptOf(response)
    const output = {
      status: response.status,
      paid: receipt ? `${moneyWords(receipt)} on ${receipt.network}` : 'nothing',
      ...(receipt?.transaction ? { transaction: receipt.transaction } : {}),
      ...(await showAnswer(response, { files, isPaid: receipt !== undefined }))
    }
    if (receipt) await keep(output)
    return output
  })
}

/** How a tool's call is paid, but for what each call has of its own. */
function termsOf({ maxUsdc, purchase }: Pick<PayRequest, 'maxUsdc' | 'purchase'>) {
  return {
    // Another server of the same operator may have an equal call in flight.
    inFlight: 'join',
    checkUrl,
    // Names from tools have a prefix of their own, so that no tool can use a name of the operator's.
    ...(purchase === undefined ? {} : { purchase: `mcp ${purchase}` }),
    ...(maxUsdc === undefined ? {} : { rejectionReason: aboveMax(parseUsdc(maxUsdc)) })
  } as const
}

/** It can only lower what the operator allows. */
function aboveMax(maxCost: AtomicUsdc) {
  return ({ cost }: Offer): string | undefined =>
    cost > maxCost ? `its ${formatUsdc(cost)} dollars are more than maxUsdc` : undefined
}
