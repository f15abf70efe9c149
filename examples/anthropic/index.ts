/** Anthropic's SDK: Messages, paid from a prepaid balance that is topped up when a text needs it. */
import Anthropic from '@anthropic-ai/sdk'
import { createBursar, formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.60', day: '2.00' } })
const katana = createKatana(bursar, {
  baseUrl: environment.katanaUrl,
  topUp: { amount: '0.50', perDay: '1.10' }
})
const anthropic = new Anthropic({
  baseURL: katana.anthropicBaseURL,
  apiKey: 'x402',
  fetch: katana.anthropicFetch
})

const message = await anthropic.messages.create({
  model: 'claude-haiku-4-5',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Reply with exactly: a message that was paid for' }]
})
for (const block of message.content) if (block.type === 'text') console.log(`The model says: ${block.text}`)

const left = formatUsdc(await katana.balance.balance())
console.log(`The balance was topped up by 0.5 USDC, of which ${left} are left.`)
