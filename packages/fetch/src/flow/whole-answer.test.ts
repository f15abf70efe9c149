import type { ServerResponse } from 'node:http'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { held, purchasesOf, slowEvent } from '../../test/held-step.js'
import { paying } from '../../test/paying.js'
import { challenge, serve } from '../../test/scripted-server.js'

describe('M45: an answer', () => {
  it.each([
    ['that has arrived', async (response: ServerResponse) => void response.end('whole')],
    [
      'that streams',
      async (response: ServerResponse, headArrived: Promise<void>) => {
        response.write('wh')
        await headArrived
        response.end('ole')
      }
    ]
  ])('%s is whole for its caller only when the ledger has the end of the call', async (_, answer) => {
    const [step, head] = [held(), held()]
    const inner = memoryLedger()
    const server = await serve((arrival, response) =>
      arrival.payment ? answer(response, head.wait()) : challenge(response)
    )
    const { bursar } = paying({ ledger: inner, ...slowEvent('answered').options?.(step, inner) })
    let isWhole = false
    const text = bursar.fetch(server.url).then(async (response) => {
      head.open()
      const read = await response.text()
      isWhole = true
      return read
    })
    await until(() => step.reached() > 0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(isWhole).toBe(false)
    step.open()
    expect(await text).toBe('whole')
    expect(await purchasesOf(inner)).toMatchObject([{ call: 'answered' }])
  })
})
