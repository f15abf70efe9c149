import { createKatanaClient } from '../src/katana/create-katana-client.js'
import { answer, completed, envelope, quickClock, type Script, serve, still } from './service.js'

/** An image that is asked for. */
export const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const

/** Where Katana serves what was made. */
export const assetBase = 'https://k.imgnai.com'

/** One answer of a service, or a connection that it breaks. */
export type Reply = { status?: number; headers?: Record<string, string>; body: unknown } | 'hang-up'

/** A service whose answers are a list; the last repeats. */
export async function openKatanaOf(...replies: Reply[]) {
  const script: Script = (_, response, index) => {
    const reply = replies[Math.min(index, replies.length - 1)]
    if (reply === undefined || reply === 'hang-up') return void response.destroy()
    answer(response, reply.body, reply.status, reply.headers)
  }
  const server = await serve(script)
  const clock = quickClock()
  const katana = createKatanaClient({
    baseUrl: server.url,
    clock,
    random: still,
    receiptOf: () => ({ moneyState: 'settled' })
  })
  return { ...server, clock, katana }
}

/** A job's state as Katana answers it. */
export const says = (status: string, responses: readonly object[] = [], more: object = {}): Reply => ({
  body: envelope(status, responses, more)
})

/** The answer of a job that made one image, for three credits. */
export const done = says('completed', [completed(assetBase)], { metadata: { credits_spent: '3' } })
