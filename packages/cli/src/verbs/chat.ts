import { keepFirst } from '@bursar/fetch'
import type { Billing, ChatBody } from '@bursar/generation/katana'
import { type BalanceUse, balanceUse, createKatana, type Katana } from 'bursar/katana'
import { chooseBalanceNetwork } from '../accounts/balance-network.js'
import { katanaKey } from '../accounts/katana-key.js'
import { noteCharge } from '../accounts/note-charge.js'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { assertHasOutput } from '../files/assert-has-output.js'
import { keeping } from '../files/keeping.js'
import type { AnswerCost } from '../files/output-error.js'

/** The options of `chat`. */
export interface ChatVerbOptions {
  readonly model: string
  readonly system?: string
  readonly maxTokens: number
  readonly billing: Billing
  readonly url?: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Asks a text model of Katana. Text that is billed to a key arrives as it is written; text that x402 pays, whole. */
export async function chat(context: CommandContext, prompt: string, options: ChatVerbOptions): Promise<void> {
  assertHasOutput(context)
  const endpoint = serviceEndpoint(context.env, 'katana', options.url)
  const key = katanaKey(context.env, options.billing)
  const body = chatBody(prompt, options)
  await withPayingBursar(context, options, async (bursar) => {
    reportPayments(context, bursar)
    const usesBalance = options.billing === 'auto' || options.billing === 'wallet'
    const network = usesBalance ? await chooseBalanceNetwork(bursar, endpoint) : undefined
    const katana = createKatana(bursar, { ...endpoint, ...key, network })
    await answer(context, katana, { body, options })
  })
}

interface ChatCall {
  readonly body: ChatBody
  readonly options: ChatVerbOptions
}

async function answer(context: CommandContext, katana: Katana, call: ChatCall): Promise<void> {
  const { billing, json } = call.options
  noteCharge(context.progress, billing)
  if (billing !== 'key')
    return keepFirst((answerKept) => printWhole(context, katana, { ...call, answerKept }))
  return json ? printWhole(context, katana, call) : printStream(context, katana, call)
}

async function printStream(
  context: CommandContext,
  { chat: { completions } }: Katana,
  { body }: ChatCall
): Promise<void> {
  for await (const { choices } of await completions.create({ ...body, stream: true }, { billing: 'key' }))
    await print(context, choices[0]?.delta?.content ?? '', 'account')
  await print(context, '\n', 'account')
}

async function printWhole(
  context: CommandContext,
  { chat: { completions } }: Katana,
  { body, options: { billing, json }, answerKept }: ChatCall & { readonly answerKept?: Promise<void> }
): Promise<void> {
  const fetchOptions = answerKept ? { bursar: { answerKept } } : {}
  const completion = await completions.create({ ...body, stream: false }, { billing, fetchOptions })
  const fromBalance = balanceUse(completion)
  const text = json ? JSON.stringify(completion) : (completion.choices[0]?.message.content ?? '')
  await print(context, `${text}\n`, fromBalance ? 'balance' : answerKept ? 'paid' : 'account')
  if (fromBalance) context.err(balanceText(fromBalance))
  else if (billing === 'auto') context.err(directText)
}

/** Who did not say how to pay may not know that there is a way that costs far less. */
const directText =
  'It was paid directly, which costs some hundred times what it costs from the prepaid balance: bursar topup 1.00\n'

function print({ write }: CommandContext, text: string, cost: AnswerCost): Promise<void> {
  return keeping(write(new TextEncoder().encode(text)), cost)
}

/** What a text cost that no payment was made for. */
function balanceText({ paid, left }: BalanceUse): string {
  const rest = left === undefined ? '' : `, ${left} left`
  return `${paid === undefined ? 'Paid' : `${paid} USDC`} from the prepaid balance${rest}.\n`
}

function chatBody(prompt: string, { model, system, maxTokens }: ChatVerbOptions): ChatBody {
  const instructions = system === undefined ? [] : [{ role: 'system', content: system } as const]
  return { model, messages: [...instructions, { role: 'user', content: prompt }], max_tokens: maxTokens }
}
