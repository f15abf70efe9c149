/** Vercel's AI SDK: a text and its usage, paid from a prepaid balance. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText } from 'ai'
import { createBursar, formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.60', day: '2.00' } })
const katana = createKatana(bursar, {
  baseUrl: environment.katanaUrl,
  topUp: { amount: '0.50', perDay: '1.10' }
})
const provider = createOpenAICompatible({
  name: 'katana',
  baseURL: katana.baseURL,
  apiKey: 'x402',
  fetch: katana.openaiFetch
})

const { text, usage } = await generateText({
  model: provider('qwen3-6-flash'),
  prompt: 'Reply with exactly: a generated text that was paid for',
  maxOutputTokens: 64
})
console.log(`The model says: ${text}`)
console.log(`It used ${usage.totalTokens} tokens.`)

const left = formatUsdc(await katana.balance.balance())
console.log(`The balance was topped up by 0.5 USDC, of which ${left} are left.`)
