import type { Dispatcher } from 'undici'
import { expect, it } from 'vitest'
import { LazyAgent } from './create-agent.js'

it('an agent that could not be made is made for the next request, and there is none to destroy until then', async () => {
  let [made, destroyed] = [0, 0]
  const dispatcher = {
    destroy: async () => {
      destroyed++
    }
  } as unknown as Dispatcher
  const agent = new LazyAgent(async () => {
    made++
    if (made === 1) throw new Error('too many open files')
    return dispatcher
  })
  await expect(agent.use(async () => 'sent')).rejects.toThrow('too many open files')
  await agent.destroy()
  expect(await agent.use(async () => 'sent')).toBe('sent')
  expect(await agent.use(async (given) => given === dispatcher)).toBe(true)
  await agent.destroy()
  expect([made, destroyed]).toEqual([2, 1])
})
