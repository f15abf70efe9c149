import { isBursarError } from '@bursar/core'
import { McpError, type Tool } from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { asks, challengeOf, paidTools, payable, type Script, sold } from '../../test/paid-tools.js'
import { stopTimers } from '../../test/stopped-timers.js'

const call = { name: 'report', arguments: { day: 1 } }

/** A tool that says what its results are. */
const tool: Tool = {
  name: 'report',
  inputSchema: { type: 'object' },
  outputSchema: { type: 'object', properties: { day: { type: 'number' } }, required: ['day'] }
}

/** Answers only when it is let. */
function held() {
  let isOpen = false
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const script: Script = ({ payment }) => {
    if (!payment) return asks()
    arrive()
    return isOpen ? sold() : new Promise<never>(() => {})
  }
  return {
    script,
    arrived,
    open() {
      isOpen = true
    }
  }
}

it('X151: the SDK’s time of the caller ends the call with what happened to the money, and an equal call carries it on', async () => {
  const { script, arrived, open } = held()
  const { paying, bursar, signed } = await paidTools(script)
  const passTime = stopTimers()
  const calling = paying.callTool(call, undefined, { timeout: 1_000 }).catch((reason: unknown) => reason)
  await arrived
  passTime(1_000)
  const error = await calling
  expect(error).toMatchObject({ code: 'payment/aborted', moneyState: 'sent' })
  open()
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ resumed: true })
  expect(signed()).toBe(1)
})

it('X151: a caller that aborts frees nothing, and is told so', async () => {
  const { script, arrived, open } = held()
  const { paying, bursar, signed, purchases } = await paidTools(script)
  const caller = new AbortController()
  const calling = paying
    .callTool(call, undefined, { signal: caller.signal })
    .catch((reason: unknown) => reason)
  await arrived
  caller.abort(new Error('no more'))
  const error = await calling
  expect(error).toMatchObject({ code: 'payment/aborted', moneyState: 'sent' })
  expect(await purchases()).toMatchObject([{ state: 'sent', call: 'failed' }])
  open()
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ resumed: true })
  expect(signed()).toBe(1)
})

it('a caller that has aborted before pays nothing', async () => {
  const { paying, arrivals, purchases } = await paidTools(payable)
  const signal = AbortSignal.abort(new Error('no more'))
  await expect(paying.callTool(call, undefined, { signal })).rejects.toThrow('no more')
  expect([arrivals, await purchases()]).toEqual([[], []])
})

it('an error of the server after the payment says what happened to the money', async () => {
  const { paying, signed } = await paidTools(({ payment }) => {
    if (payment) throw new McpError(-32603, 'The tool broke')
    return asks()
  })
  const error = await paying.callTool(call).catch((reason: unknown) => reason)
  expect(isBursarError(error, 'payment/failed')).toBe(true)
  expect(String(error)).toContain('The tool broke')
  expect(signed()).toBe(1)
})

it('what is no result of a tool is an error that says what happened to the money', async () => {
  const { paying } = await paidTools(({ payment }) => (payment ? { content: 'no list' } : asks()))
  const error = await paying.callTool(call).catch((reason: unknown) => reason)
  expect(isBursarError(error, 'payment/failed')).toBe(true)
})

it('a tool’s own schema is no check of a challenge, and nothing that was bought is kept from the caller', async () => {
  const wrong = { structuredContent: { day: 'Monday' } }
  const { paying, bursar, signed } = await paidTools(({ payment }) => (payment ? sold('x', wrong) : asks()), {
    tools: [tool]
  })
  await paying.listTools()
  const result = await paying.callTool(call)
  expect(result).toMatchObject(wrong)
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled' })
  expect(signed()).toBe(1)
})

it('a free tool’s result is checked by its schema as the client does', async () => {
  const wrong = { content: [], structuredContent: { day: 'Monday' } }
  const { paying, arrivals } = await paidTools(() => wrong, { tools: [tool] })
  await paying.listTools()
  await expect(paying.callTool(call)).rejects.toThrow(McpError)
  expect(arrivals).toHaveLength(1)
})

it('a challenge that nobody could pay is refused before anything is signed, and says why', async () => {
  const { paying, purchases } = await paidTools(() => asks(challengeOf({ scheme: 'barter' })))
  const error = await paying.callTool(call).catch((reason: unknown) => reason)
  expect(isBursarError(error)).toBe(true)
  expect(String(error)).toContain('barter')
  expect(await purchases()).toEqual([])
})
