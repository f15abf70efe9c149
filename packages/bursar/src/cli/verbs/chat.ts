import type { Billing } from '@bursar/generation'
import type { Io } from '../io.js'
import { type Place, placeOf, withBursar } from '../place.js'

/** What `chat` is asked. */
export interface ChatOptions extends Place {
  readonly model: string
  readonly system?: string
  readonly maxTokens: string
  readonly billing: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Asks a text model of Katana's. What an account is billed for comes as it is written; what x402 pays, whole. */
export async function chat(io: Io, prompt: string, options: ChatOptions): Promise<void> {
  const { model, system, maxTokens, url, maxAmount, json } = options
  const billing = billingOf(options.billing)
  if (!/^[1-9]\d{0,6}$/.test(maxTokens)) throw new TypeError('--max-tokens is a whole number')
  const messages = [
    ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
    { role: 'user', content: prompt } as const
  ]
  const body = { model, messages, max_tokens: Number(maxTokens) }
  const apiKey = io.env.KATANA_API_KEY
  if (billing === 'key' && !apiKey) throw new TypeError('--billing key needs KATANA_API_KEY')
  await withBursar(io, maxAmount, async (bursar) => {
    const setup = {
      ...placeOf(io, 'katana', url),
      billing,
      ...(billing === 'key' && apiKey ? { apiKey } : {})
    }
    const { chat: texts } = await bursar.katana(setup)
    if (billing === 'key' && !json) {
      for await (const { choices } of await texts.completions.create({ ...body, stream: true }))
        io.out(choices[0]?.delta?.content ?? '')
      return io.out('\n')
    }
    const completion = await texts.completions.create(body)
    io.out(json ? `${JSON.stringify(completion)}\n` : `${completion.choices[0]?.message.content ?? ''}\n`)
  })
}

/** @throws {TypeError} */
function billingOf(name: string): Billing {
  if (name === 'direct' || name === 'wallet' || name === 'key') return name
  throw new TypeError('--billing is direct, wallet or key')
}
