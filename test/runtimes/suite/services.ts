import { createKatana } from 'bursar/katana'
import { createOpenClaw } from 'bursar/openclaw'
import { type Check, open, type Run, same, settled } from './check.js'

const mug = { model: 'gen', prompt: 'A mug on a beach', aspectRatio: '1:1' } as const
const question = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Count to ten' }],
  max_tokens: 64
} as const

const katanaOf = ({ world, bursar }: Run) => createKatana(bursar, { baseUrl: world.gatewayUrl })

/** What is bought of services. */
export const services: readonly Check[] = [
  {
    feature: 'images and other jobs, resumed elsewhere by their id',
    statements: 'P33',
    async run(run) {
      const { requestId } = await katanaOf(run).images.generate(mug)
      const elsewhere = open(run)
      const { assets } = await katanaOf({ ...run, bursar: elsewhere })
        .jobs.resume(requestId)
        .result()
      await elsewhere.close()
      const [image] = assets
      if (!image?.url) throw new TypeError('the job made nothing')
      const bytes = new Uint8Array(await (await fetch(image.url)).arrayBuffer())
      same('the head of the image', String.fromCharCode(...bytes.subarray(1, 4)), 'PNG')
      await settled(run, 'Base')
    }
  },
  {
    feature: 'prepaid balances',
    statements: 'P34',
    async run(run) {
      const katana = katanaOf(run)
      await katana.balance.topUp('1.00')
      const { choices } = await katana.chat.completions.create(question)
      same('the text', typeof choices[0]?.message.content, 'string')
      await settled(run, 'Base')
    }
  },
  {
    feature: 'services that bill a key, within the limits, and their streams',
    statements: 'P34',
    async run(run) {
      const response = await askRelay(run)
      same('the status', response.status, 200)
      let pieces = 0
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        pieces += piece.split('data: ').length - 1
      }
      if (pieces < 3) throw new TypeError(`the text came in ${pieces} pieces`)
      const states: string[] = []
      for await (const { state } of run.bursar.history()) states.push(state)
      same('the record', states.join(' '), 'settled')
      await settled(run, '')
    }
  }
]

/** Asks a relay for a text that streams. */
function askRelay({ bursar, world }: Run): Promise<Response> {
  const baseUrl = `${world.gatewayUrl}/relays/openclaw`
  const openclaw = createOpenClaw(bursar, { apiKey: 'sk-local', baseUrl })
  return openclaw.fetch(`${baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, model: 'claude-sonnet-4-6', stream: true })
  })
}
