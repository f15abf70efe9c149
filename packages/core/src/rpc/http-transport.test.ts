import { expect, it } from 'vitest'
import { createHttpTransport } from './http-transport.js'

const { signal } = new AbortController()

it('P33, P34: asks for nothing that edge runtimes do not know, and takes a redirect for a refusal', async () => {
  const asked: RequestInit[] = []
  const redirect = new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } })
  const { request } = createHttpTransport('https://node.example/key', async (_, init) => {
    asked.push(init)
    return redirect
  })
  await expect(request('eth_chainId', [], signal)).rejects.toMatchObject({ status: 307 })
  expect(asked).toMatchObject([{ redirect: 'manual' }])
})

it('says how a node refused, also when the body of its refusal breaks off', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('reset')) })
  const { request } = createHttpTransport('https://node.example/key', async () => {
    return new Response(broken, { status: 429, headers: { 'retry-after': '7' } })
  })
  await expect(request('eth_chainId', [], signal)).rejects.toMatchObject({ status: 429, retryAfter: '7' })
})
