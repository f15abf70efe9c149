import { keepFirst } from '@bursar/fetch'
import { type BalanceUse, balanceUse, type WholeBody } from '@bursar/generation/katana'
import type { CallRun } from '../calls/call-run.js'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'
import { callOptions } from './call-options.js'

/** A text, as a model asks for it. */
export interface TextToolRequest {
  readonly prompt: string
  readonly system?: string | undefined
  readonly model: string
  readonly maxTokens: number
}

/** Asks a model for text. */
export async function generateText(
  { katana, textBilling: billing = 'auto' }: McpContext,
  { prompt, system, model, maxTokens }: TextToolRequest,
  run: CallRun
): Promise<ToolOutput> {
  const instructions = system === undefined ? [] : [{ role: 'system', content: system } as const]
  const messages = [...instructions, { role: 'user', content: prompt } as const]
  const body: WholeBody = { model, messages, max_tokens: maxTokens }
  return keepFirst(async (answerKept) => {
    const options = { billing, ...callOptions(run, model, answerKept) }
    const completion = await katana.chat.completions.create(body, options)
    const fromBalance = balanceUse(completion)
    const [choice] = completion.choices
    const text = { text: choice?.message.content ?? '', finish: choice?.finish_reason ?? null }
    const output = { ...text, ...(fromBalance ? { prepaid: balanceWords(fromBalance) } : {}) }
    await run.keep(output)
    return output
  })
}

/** What a text cost for which no payment was made. */
function balanceWords({ paid, left }: BalanceUse): Readonly<Record<string, string>> {
  return {
    charged: paid === undefined ? 'unknown' : `${paid} USDC`,
    ...(left === undefined ? {} : { left: `${left} USDC` })
  }
}
