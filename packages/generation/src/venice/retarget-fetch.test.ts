import { expect, it } from 'vitest'
import { retargetFetch } from './retarget-fetch.js'

it('hands what is not for Venice on with its body', async () => {
  const seen: string[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    seen.push(await new Request(input, init).text())
    return new Response()
  }
  const katana = { origin: 'https://katana.example', balance: { fetch } }
  const send = retargetFetch({ fetch } as never, katana as never)
  const streamed = { method: 'POST', body: new Blob(['streamed']).stream(), duplex: 'half' } as RequestInit
  await send(new Request('https://elsewhere.example/', { method: 'POST', body: 'asked' }))
  await send('https://elsewhere.example/', streamed)
  expect(seen).toEqual(['asked', 'streamed'])
})
