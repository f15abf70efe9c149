import { systemClock } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type ProxyOptions, startProxy } from '@bursar/proxy'
import OpenAI, { toFile } from 'openai'
import { onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
export const TOKEN = 'a-token-of-the-tests'
const relayKey = 'sk-relay'

/** A time that only the test lets pass. */
export const LONG_MS = 60_000

/** OpenAI's own SDK on a proxy, and what was bought through it. */
export async function sdk(service: 'katana' | 'openclaw' | 'tokenhot' = 'katana', generationMs = 300) {
  let aheadMs = 0
  const gateway = await startGateway({
    base: stack.chain,
    clock: { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs },
    katana: { generationMs },
    relays: { accounts: [{ key: relayKey, usd: '10' }] }
  })
  const { key, address } = await fundWallet(stack)
  const ledger = memoryLedger()
  const options: ProxyOptions['service'] =
    service === 'katana'
      ? { name: service, baseUrl: gateway.url }
      : { name: service, apiKey: relayKey, baseUrl: `${gateway.url}/relays/${service}` }
  const settings: ProxyOptions = {
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '2' },
    ledger,
    service: options,
    agents: [{ name: 'default', token: TOKEN }],
    port: 0
  }
  onTestFinished(() => gateway.stop())
  /** A proxy that is started again on the same ledger. */
  const start = async () => {
    const proxy = await startProxy(settings)
    onTestFinished(() => proxy.stop())
    return { proxy, openai: new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: TOKEN }) }
  }
  const bought = async () => {
    const rows: string[] = []
    for await (const { state, labels, kind } of ledger.history())
      if (state !== 'released') rows.push(`${kind} ${labels.agent} ${labels.model} ${state}`)
    return rows
  }
  const paid = () => stack.chain.authorizationsUsed(address)
  const finishJobs = (): void => {
    aheadMs += generationMs
  }
  return { ...(await start()), start, gateway, bought, paid, finishJobs }
}

/** An image that was made through the proxy, as a file of OpenAI's SDK. */
export async function mugOf(openai: OpenAI, name = 'mug.png') {
  const { data } = await openai.images.generate({
    model: 'gen',
    prompt: 'A mug',
    response_format: 'b64_json'
  })
  return toFile(Buffer.from(data?.[0]?.b64_json ?? '', 'base64'), name, { type: 'image/png' })
}
