/** OpenAI's SDK, paid from a prepaid balance that is topped up when a text needs it. */
import { createBursar, formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import OpenAI from 'openai'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.60', day: '2.00' } })
const katana = createKatana(bursar, {
  baseUrl: environment.katanaUrl,
  topUp: { amount: '0.50', perDay: '1.10' }
})
const openai = new OpenAI({ baseURL: katana.baseURL, apiKey: 'x402', fetch: katana.openaiFetch })

const stream = await openai.chat.completions.create({
  model: 'qwen3-6-flash',
  messages: [{ role: 'user', content: 'Reply with exactly: a text that was paid for' }],
  max_tokens: 64,
  stream: true
})
let text = ''
for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
console.log(`The model says: ${text}`)

const left = formatUsdc(await katana.balance.balance())
console.log(`The balance was topped up by 0.5 USDC, of which ${left} are left.`)
