import type { Billing, ChatBody } from '@bursar/generation/katana'
import { createKatana, type Katana } from 'bursar/katana'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

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
  const endpoint = serviceEndpoint(context.env, 'katana', options.url)
  const apiKey = context.env.KATANA_API_KEY
  if (options.billing === 'key' && !apiKey) throw new UsageError('--billing key needs KATANA_API_KEY')
  const body = chatBody(prompt, options)
  await withPayingBursar(context, options, async (bursar) => {
    reportPayments(context, bursar)
    const billing =
      options.billing === 'auto' ? await cheapest(createKatana(bursar, endpoint), body) : options.billing
    const key = billing === 'key' && apiKey ? { apiKey } : {}
    await answer(context, createKatana(bursar, { ...endpoint, billing, ...key }), { body, billing, options })
  })
}

interface ChatCall {
  readonly body: ChatBody
  readonly billing: Billing
  readonly options: ChatVerbOptions
}

async function answer(
  context: CommandContext,
  katana: Katana,
  { body, billing, options }: ChatCall
): Promise<void> {
  const { completions } = katana.chat
  // What a key is billed for is reserved out of sight of the bursar's events.
  if (billing === 'key') context.progress.hasReserved = true
  if (billing === 'key' && !options.json) {
    for await (const { choices } of await completions.create({ ...body, stream: true }))
      context.out(choices[0]?.delta?.content ?? '')
    return context.out('\n')
  }
  const completion = await completions.create({ ...body, stream: false })
  context.out(
    options.json ? `${JSON.stringify(completion)}\n` : `${completion.choices[0]?.message.content ?? ''}\n`
  )
}

function chatBody(prompt: string, { model, system, maxTokens }: ChatVerbOptions): ChatBody {
  const instructions = system === undefined ? [] : [{ role: 'system', content: system } as const]
  return { model, messages: [...instructions, { role: 'user', content: prompt }], max_tokens: maxTokens }
}

/**
 * A prepaid balance gets back what a text does not use; a direct payment does not. The balance is used when it holds the
 * most that the text can cost.
 */
async function cheapest({ balance, estimate }: Katana, body: ChatBody): Promise<Billing> {
  const maxCost = estimate(body)?.usdAtomic
  const left = await balance.balance().catch(() => 0n)
  return maxCost !== undefined && left >= maxCost ? 'wallet' : 'direct'
}
