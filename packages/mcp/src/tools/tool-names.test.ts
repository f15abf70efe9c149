import { describe, expect, it } from 'vitest'
import { connect } from '../../test/client.js'
import { fakeKatana } from '../../test/fake-katana.js'
import { toolNames } from './tool-names.js'

describe('the tools', () => {
  it('are those that the operator names, and by default all but the top-up', async () => {
    const named = async (tools?: readonly (typeof toolNames)[number][]) => {
      const { client } = await connect(tools ? { tools } : {})
      return (await client.listTools()).tools.map(({ name }) => name)
    }
    expect(await named()).toEqual(toolNames.filter((name) => name !== 'top_up'))
    expect(await named(['quote', 'top_up'])).toEqual(['quote', 'top_up'])
    const { call, client } = await connect({ tools: ['quote'] })
    expect((await call('balance')).isError).toBe(true)
    expect((await client.listTools()).tools).toHaveLength(1)
  })

  it('top the balance up where the operator allows it, and say what was paid', async () => {
    const katana = fakeKatana()
    const { call } = await connect({ katana, tools: ['top_up'] })
    expect((await call('top_up', { usdc: '1.00' })).output).toMatchObject({
      credited: '1.00 USDC',
      spent: '1.00 USDC',
      left: { total: '1 of 1 USD' }
    })
    expect(katana.requests).toMatchObject([{ kind: 'top-up', request: '1.00' }])
  })

  it('list models and prices without asking anybody', async () => {
    const katana = fakeKatana()
    const { call } = await connect({ katana })
    const { output } = await call('models', { kind: 'image' })
    expect(output.models).toContainEqual(
      expect.objectContaining({ model: 'gen', usd: expect.stringMatching(/^0\.\d+$/) })
    )
    expect((await call('models', { kind: 'video' })).output.models).toContainEqual(
      expect.objectContaining({ model: 'ltx-2-3', takesFirstFrame: true })
    )
    const texts = (await call('models', { kind: 'text' })).output.models
    expect(texts).toContainEqual(expect.objectContaining({ model: 'qwen3-6-flash' }))
    expect(katana.requests).toEqual([])
  })
})
