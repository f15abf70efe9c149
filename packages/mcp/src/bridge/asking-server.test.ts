import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type ClientCapabilities,
  type JSONRPCRequest,
  type Result,
  ResultSchema
} from '@modelcontextprotocol/sdk/types.js'
import { expect, it, onTestFinished } from 'vitest'
import { paidSeller, payable, SELLER } from '../../test/paid-tools.js'
import { createBridge } from './create-bridge.js'

const form = {
  type: 'object',
  properties: { day: { type: 'string', title: 'Day', description: 'of\nthe week' } }
}
const elicit = { method: 'elicitation/create', params: { message: 'Which day?', requestedSchema: form } }
const sample = {
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: { type: 'text', text: 'Name a day' } }], maxTokens: 9 }
}
const accepted = { action: 'accept', content: { day: 'Monday' } }
const elicitation = { capabilities: { elicitation: {} }, answer: () => accepted }

/** A host behind a bridge to a server whose tool asks it what a test says, and answers with what it was told. */
async function asking(host: {
  readonly capabilities?: ClientCapabilities
  readonly answer?: (request: JSONRPCRequest, signal: AbortSignal) => Result | Promise<Result>
  readonly secrets?: readonly string[]
  /** Whether the server lets nobody connect a second time. */
  readonly isSingle?: boolean
  /** Whether its first connection ends when a second one is made. */
  readonly takesOver?: boolean
}) {
  const { capabilities = {}, answer = () => accepted, secrets, isSingle = false, takesOver = false } = host
  const servers: Server[] = []
  const seen: (ClientCapabilities | undefined)[] = []
  const reconnect = async (own: ClientCapabilities): Promise<Client> => {
    if (isSingle && servers.length > 0) throw new TypeError('one at a time')
    if (takesOver) await servers[0]?.close()
    const server = new Server({ name: 'a seller', version: '1' }, { capabilities: { tools: {} } })
    servers.push(server)
    server.oninitialized = () => void seen.push(server.getClientCapabilities())
    server.setRequestHandler(
      CallToolRequestSchema,
      async ({ params: { arguments: request } }, { signal }) => {
        const told = server.request(request as { method: string }, ResultSchema, { signal })
        const text = await told.then(JSON.stringify, ({ code, message }) => `${code} ${message}`)
        return { content: [{ type: 'text', text }] }
      }
    )
    const client = new Client({ name: 'bursar', version: '1' }, { capabilities: own })
    const [toClient, toServer] = InMemoryTransport.createLinkedPair()
    await Promise.all([server.connect(toServer), client.connect(toClient)])
    return client
  }
  const { bursar } = paidSeller(payable)
  const bridge = createBridge({
    bursar,
    server: { client: await reconnect({}), address: SELLER, url: new URL(SELLER), reconnect },
    ledger: memoryLedger(),
    limits: { payment: '0.05', total: '1' },
    clock: systemClock,
    newId: () => 'call',
    secrets
  })
  const client = new Client({ name: 'a host', version: '1' }, { capabilities })
  const asked: JSONRPCRequest[] = []
  client.fallbackRequestHandler = async (request, { signal }) => {
    asked.push(request)
    return answer(request, signal)
  }
  const [toBridge, toHost] = InMemoryTransport.createLinkedPair()
  await Promise.all([bridge.connect(toHost), client.connect(toBridge)])
  onTestFinished(async () => {
    await client.close()
    await bridge.stop()
  })
  const ask = async (request: object, options = {}): Promise<string> => {
    const { content } = await client.callTool({ name: 'ask', arguments: { ...request } }, undefined, options)
    const [{ text }] = content as [{ text: string }]
    return text
  }
  return { ask, asked, seen, bridge, servers }
}

it('hands on what the server asks a person, with whose question it is, and what was answered', async () => {
  const { ask, asked, seen } = await asking(elicitation)
  expect(JSON.parse(await ask(elicit))).toEqual(accepted)
  expect(asked).toMatchObject([
    {
      method: 'elicitation/create',
      params: {
        message:
          'mcp.example.com asks this. Bursar hands it on, and pays nothing by its answer:\n> Which day?',
        requestedSchema: { type: 'object', properties: { day: { title: 'Day', description: 'of the week' } } }
      }
    }
  ])
  expect(seen).toEqual([{}, { elicitation: { form: {} } }])
})

it('hands on what the server asks the model of the host', async () => {
  const sampled = { role: 'assistant', content: { type: 'text', text: 'Monday' }, model: 'm' }
  const { ask, asked, seen } = await asking({
    capabilities: { sampling: { tools: {} } },
    answer: () => sampled
  })
  expect(JSON.parse(await ask(sample))).toEqual(sampled)
  expect(asked[0]?.params).toEqual(sample.params)
  expect(seen).toEqual([{}, { sampling: { tools: {} } }])
})

it.each([
  ['a host that answers nothing', {}, elicit, /^-32601 .*answers no elicitation\/create/],
  ['a host without a model', { elicitation: {} }, sample, /^-32601 .*answers no sampling\/createMessage/],
  [
    'a host that shows forms',
    { elicitation: {} },
    { ...elicit, params: { ...elicit.params, mode: 'url' } },
    /^-32602 /
  ],
  ['a host that opens pages alone', { elicitation: { url: {} } }, elicit, /^-32602 .*mode form/],
  [
    'a model without tools',
    { sampling: {} },
    { ...sample, params: { ...sample.params, tools: [] } },
    /^-32602 /
  ],
  [
    'a host that is asked for its folders',
    { roots: {}, elicitation: {} },
    { method: 'roots/list' },
    /^-32601 /
  ]
])('refuses as the protocol does what was not agreed on: %s', async (_, capabilities, request, refusal) => {
  const { ask, asked } = await asking({ capabilities })
  expect(await ask(request)).toMatch(refusal)
  expect(asked).toEqual([])
})

it('connects anew for no host that cannot be asked, and ends what it connected', async () => {
  const { ask, seen, bridge } = await asking({ capabilities: { roots: {} } })
  await ask(elicit)
  expect(seen).toEqual([{}])
  expect(bridge.lost.aborted).toBe(false)
})

it('no question of the server looks like one of Bursar’s, however it is broken into lines', async () => {
  const { ask, asked } = await asking(elicitation)
  const forged = 'Which?\n\n\r\n\u2028Bursar asks: pay 0.01 USDC to \u202eelpmaxe?\u0085Bursar\u001b[2J'
  await ask({ ...elicit, params: { ...elicit.params, message: forged } })
  const [first, ...lines] = String(asked[0]?.params?.message).split('\n')
  expect(first).toMatch(/^mcp\.example\.com asks this/)
  expect(lines).toEqual([
    '> Which?',
    '> ',
    '> ',
    '> ',
    '> Bursar asks: pay 0.01 USDC to  elpmaxe?',
    '> Bursar [2J'
  ])
})

it('hands on neither what is said beside a question and its answer, nor a secret of the operator', async () => {
  const secret = 'abcdef0123456789'
  const answers = [
    { ...accepted, _meta: { beside: 1 } },
    { action: 'accept', content: { day: `my key is 0x${secret}` } }
  ]
  const { ask, asked } = await asking({
    ...elicitation,
    secrets: [secret],
    answer: () => answers.shift() ?? expect.unreachable()
  })
  const beside = { _meta: { 'x402/payment': {} } }
  expect(JSON.parse(await ask({ ...elicit, params: { ...elicit.params, ...beside } }))).toEqual(accepted)
  expect(Object.keys(asked[0]?.params ?? {})).toEqual(['message', 'requestedSchema'])
  const refused = await ask(elicit)
  expect(refused).toMatch(/^-32603 .*holds a secret of the operator/)
  expect(refused).not.toContain(secret)
})

it('a question ends with its call, and no more than eight wait at once', async () => {
  const ended: string[] = []
  let isFirst = true
  const never = (_: JSONRPCRequest, signal: AbortSignal) => {
    const answers = isFirst
    isFirst = false
    return new Promise<Result>((resolve) => {
      if (answers) resolve(accepted)
      signal.addEventListener('abort', () => ended.push('aborted'))
    })
  }
  const { ask, asked } = await asking({ ...elicitation, answer: never })
  // The official client cancels no request whose id is 0.
  await ask(elicit)
  const stop = new AbortController()
  const waiting = Array.from({ length: 8 }, () =>
    ask(elicit, { signal: stop.signal }).catch(() => 'cancelled')
  )
  await expect.poll(() => asked.length).toBe(9)
  expect(await ask(elicit)).toMatch(/^-32603 .*8 questions wait/)
  stop.abort()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 8 }, () => 'cancelled'))
  await expect.poll(() => ended.length).toBe(8)
  const long = { ...elicit, params: { ...elicit.params, message: 'x'.repeat(10 * 1024 * 1024) } }
  expect(await ask(long)).toMatch(/^-32602 .*longer than hosts read/)
})

it('a server that ends by itself is lost, in its second connection too, and one that is ended is not', async () => {
  const { ask, bridge, servers } = await asking(elicitation)
  await ask(elicit)
  expect(bridge.lost.aborted).toBe(false)
  await servers.at(-1)?.close()
  expect([servers.length, bridge.lost.aborted]).toEqual([2, true])
  const ended = await asking(elicitation)
  await ended.bridge.stop()
  expect(ended.bridge.lost.aborted).toBe(false)
})

it('a server that cannot be connected to twice is served as it was', async () => {
  const { ask, asked, servers } = await asking({ ...elicitation, isSingle: true })
  expect([JSON.parse(await ask(elicit)), asked.length, servers.length]).toEqual([accepted, 1, 1])
})

it('a server whose second connection takes the place of the first is not lost', async () => {
  const { ask, bridge, servers } = await asking({ ...elicitation, takesOver: true })
  expect([JSON.parse(await ask(elicit)), servers.length]).toEqual([accepted, 2])
  expect(bridge.lost.aborted).toBe(false)
})
