/** LangChain: a prompt, a model and a parser in one chain, called twice on one top-up. */
import { StringOutputParser } from '@langchain/core/output_parsers'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { ChatOpenAI } from '@langchain/openai'
import { createBursar, formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.60', day: '2.00' } })
const katana = createKatana(bursar, {
  baseUrl: environment.katanaUrl,
  topUp: { amount: '0.50', perDay: '1.10' }
})
const model = new ChatOpenAI({
  model: 'qwen3-6-flash',
  apiKey: 'x402',
  maxTokens: 64,
  configuration: { baseURL: katana.baseURL, fetch: katana.openaiFetch }
})

const prompt = ChatPromptTemplate.fromTemplate('Reply with exactly: {words}')
const chain = prompt.pipe(model).pipe(new StringOutputParser())
for (const words of ['the first link is paid', 'the second link is paid'])
  console.log(`The model says: ${await chain.invoke({ words })}`)

const left = formatUsdc(await katana.balance.balance())
console.log(`The balance was topped up once, by 0.5 USDC, of which ${left} are left.`)
