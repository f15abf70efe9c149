import type { Billing } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import { createKatana, type Katana } from 'bursar/katana'
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
  const asked = billingOf(options.billing)
  if (!/^[1-9]\d{0,6}$/.test(maxTokens)) throw new TypeError('--max-tokens is a whole number')
  const messages = [
    ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
    { role: 'user', content: prompt } as const
  ]
  const body = { model, messages, max_tokens: Number(maxTokens) }
  const apiKey = io.env.KATANA_API_KEY
  if (asked === 'key' && !apiKey) throw new TypeError('--billing key needs KATANA_API_KEY')
  await withBursar(io, maxAmount, async (bursar) => {
    const billing = asked === 'auto' ? await cheapest(bursar, placeOf(io, 'katana', url), body) : asked
    const setup = {
      ...placeOf(io, 'katana', url),
      billing,
      ...(billing === 'key' && apiKey ? { apiKey } : {})
    }
    const { chat: texts } = createKatana(bursar, setup)
    if (billing === 'key' && !json) {
      for await (const { choices } of await texts.completions.create({ ...body, stream: true }))
        io.out(choices[0]?.delta?.content ?? '')
      return io.out('\n')
    }
    const completion = await texts.completions.create(body)
    io.out(json ? `${JSON.stringify(completion)}\n` : `${completion.choices[0]?.message.content ?? ''}\n`)
  })
}

/** What is not used of a prepaid balance comes back; of a direct payment it does not. It must hold the most it can cost. */
async function cheapest(
  bursar: Bursar,
  place: { readonly baseUrl?: string },
  body: Parameters<Katana['estimate']>[0]
): Promise<Billing> {
  const { balance, estimate } = createKatana(bursar, place)
  const most = estimate(body)?.usdAtomic
  const left = await balance.balance().catch(() => 0n)
  return most !== undefined && left >= most ? 'wallet' : 'direct'
}

/** @throws {TypeError} */
function billingOf(name: string): Billing {
  if (name === 'auto' || name === 'direct' || name === 'wallet' || name === 'key') return name
  throw new TypeError('--billing is auto, direct, wallet or key')
}
