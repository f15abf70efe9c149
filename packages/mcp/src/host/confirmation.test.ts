import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import {
  CallToolResultSchema,
  ElicitRequestSchema,
  type ElicitResult,
  ErrorCode,
  McpError
} from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { contextOf } from '../../test/client.js'
import { createMcpServer } from '../create-mcp-server.js'
import { Confirmation, type ConfirmationRule } from './confirmation.js'

/** A host with a person who answers so. @returns what a call of a page for 0.05 USDC came to. */
async function pay(rule: ConfirmationRule, answer?: () => ElicitResult) {
  const { url, payments } = await startPaidServer()
  const confirmation = new Confirmation(rule)
  const server = createMcpServer({ ...contextOf({ confirm: confirmation.confirm }), confirmation }, '1')
  const client = new Client(
    { name: 'a host', version: '1' },
    { capabilities: answer ? { elicitation: {} } : {} }
  )
  const questions: string[] = []
  if (answer)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      questions.push(params.message)
      return answer()
    })
  const [toClient, toServer] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(toServer), client.connect(toClient)])
  onTestFinished(() => client.close())
  const called = await client.callTool({ name: 'pay_url', arguments: { url: `${url}/report` } })
  const { isError = false, content } = CallToolResultSchema.parse(called)
  const [first] = content
  return { isError, text: first?.type === 'text' ? first.text : '', payments: payments(), questions }
}

const asked = { above: '0.01' } as const

it('a rule with a name that is not known is none: a misspelled "otherwise" would let payments pass', () => {
  const rule = { above: '0.10', otherwhise: 'refuse' }
  expect(() => new Confirmation(rule)).toThrow(/confirmation\.otherwhise is not an option; did you mean/)
  expect(() => new Confirmation({ above: '0.10', otherwise: 'deny' as never })).toThrow(/otherwise/)
  expect(() => new Confirmation({ above: 'ten' as never })).toThrow()
})

describe('a person at the host', () => {
  it('is asked about a payment above the amount, with what and to whom, and decides', async () => {
    const paid = await pay(asked, () => ({ action: 'accept', content: { pay: true } }))
    expect(paid).toMatchObject({ isError: false, payments: 1 })
    expect(paid.questions).toEqual([
      expect.stringMatching(/^Bursar asks: pay 0\.05 USDC to 127\.0\.0\.1:\d+\/report \(eip155:8453\)/)
    ])
    const refused = await pay(asked, () => ({ action: 'accept', content: { pay: false } }))
    expect(refused).toMatchObject({
      isError: true,
      payments: 0,
      text: expect.stringMatching(/offer\/declined; nothing was paid/)
    })
  })

  it('is not asked about what costs no more than that', async () => {
    const paid = await pay({ above: '0.05' }, () => ({ action: 'accept', content: { pay: false } }))
    expect(paid).toMatchObject({ isError: false, payments: 1, questions: [] })
  })
})

const undecided: readonly (readonly [name: string, answer: (() => ElicitResult) | undefined])[] = [
  ['declines', () => ({ action: 'decline' })],
  ['cancels', () => ({ action: 'cancel' })],
  [
    'answers -32601',
    () => {
      throw new McpError(ErrorCode.MethodNotFound, 'Method not found')
    }
  ],
  ['cannot ask', undefined]
]

describe.each(undecided)('C64: a host that %s', (_, answer) => {
  it('leaves a payment as the limits alone decide, or refuses it where the operator says so', async () => {
    expect(await pay(asked, answer)).toMatchObject({ isError: false, payments: 1 })
    expect(await pay({ ...asked, otherwise: 'refuse' }, answer)).toMatchObject({ isError: true, payments: 0 })
  })
})
