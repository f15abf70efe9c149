import { answerSpending } from '../host/answer-call.js'
import { toResult } from '../tool-output.js'
import { payShape, payUrl } from './pay-url.js'
import { quoteShape, quoteUrl } from './quote-url.js'
import type { ToolSet } from './tool-set.js'
import { readOnly, spending, spendsMoney, spendsNothing } from './tool-words.js'

/** Adds the tools for URLs that ask for money. */
export function addPaymentTools({ server, context, readCall }: ToolSet) {
  const quote = server.registerTool(
    'quote',
    {
      title: 'Ask the price of a URL',
      description: `Says what a GET or HEAD request costs, and whether it would be paid. ${spendsNothing} Use it before pay_url.`,
      inputSchema: quoteShape,
      annotations: readOnly
    },
    (request, { signal }) => toResult(quoteUrl(context, request, signal))
  )
  const pay = server.registerTool(
    'pay_url',
    {
      title: 'Pay for a URL',
      description: `Sends a request and pays if it is answered 402 Payment Required (x402). ${spendsMoney} The same request again, before its answer was delivered, does not pay twice; after that, it does. Answers that are no text are saved as files.`,
      inputSchema: payShape,
      annotations: spending
    },
    (request, extra) =>
      answerSpending(context, readCall(extra), {
        tool: 'pay_url',
        request,
        run: (run) => payUrl(context, request, run)
      })
  )
  return { quote, pay_url: pay }
}
