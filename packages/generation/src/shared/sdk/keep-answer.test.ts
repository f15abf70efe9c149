import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { createSdkFetch } from './sdk-fetch.js'

/** A service whose answer is one that nobody can keep. */
function serviceOf(body: () => ReadableStream<Uint8Array> | null, status = 200) {
  const answers: (() => void)[] = []
  const fetch = createSdkFetch(
    async () => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return new Response(body(), { status })
    },
    { clock: systemClock, ledger: { find: () => expect.unreachable() } }
  )
  return {
    answers,
    ask: (signal?: AbortSignal) => fetch('https://shop.example/v1', signal ? { signal } : {})
  }
}

const broken = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new TypeError('terminated'))
  })
const endless = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(2 ** 20)) })

it.each([
  ['breaks off', broken],
  ['is larger than is kept', endless]
])(
  'an answer that %s after its caller gave up is told as one that may have been charged, and nobody repeats',
  async (_, body) => {
    const { answers, ask } = serviceOf(body)
    const patience = new AbortController()
    const asked = ask(patience.signal)
    await expect.poll(() => answers.length).toBe(1)
    patience.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    answers[0]?.()
    const { status, headers } = await ask()
    expect([status, headers.get('x-should-retry'), headers.get('x-bursar-money')]).toEqual([
      400,
      'false',
      'unknown'
    ])
    expect(answers).toHaveLength(1)
  }
)

it('an answer without a body is kept for the next equal call, as it came', async () => {
  const { answers, ask } = serviceOf(() => null, 204)
  const patience = new AbortController()
  const asked = ask(patience.signal)
  await expect.poll(() => answers.length).toBe(1)
  patience.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
  answers[0]?.()
  expect((await ask()).status).toBe(204)
  expect(answers).toHaveLength(1)
})
