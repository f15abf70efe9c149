import { describe, expect, it, onTestFinished } from 'vitest'
import { RpcProblem } from './rpc-problem.js'
import { serveRpc } from './rpc-server.js'

async function serve(): Promise<(body: string) => Promise<Response>> {
  const server = await serveRpc({
    add: (numbers) => numbers.reduce<number>((sum, each) => sum + Number(each), 0),
    fail() {
      throw new RpcProblem(-32_002, 'It fails', { why: 'on purpose' })
    },
    stumble() {
      throw new TypeError('not a text')
    }
  })
  onTestFinished(() => server.stop())
  return (body) => fetch(server.url, { method: 'POST', body })
}

describe('a JSON-RPC server', () => {
  it('answers one call, and each of a batch in its place', async () => {
    const post = await serve()
    const call = { jsonrpc: '2.0', id: 7, method: 'add', params: [1, 2] }
    expect(await (await post(JSON.stringify(call))).json()).toEqual({ jsonrpc: '2.0', id: 7, result: 3 })
    const both = await (await post(JSON.stringify([call, { id: 8, method: 'nothing' }]))).json()
    expect(both).toMatchObject([
      { id: 7, result: 3 },
      { id: 8, error: { code: -32_601 } }
    ])
  })

  it.each([
    ['{', { id: null, error: { code: -32_700, message: 'Parse error' } }],
    ['7', { id: null, error: { code: -32_600 } }],
    ['{"id":1}', { id: 1, error: { code: -32_600, message: 'Invalid request' } }],
    ['{"id":1,"method":"add","params":{}}', { id: 1, error: { code: -32_600 } }],
    ['{"id":1,"method":"toString"}', { id: 1, error: { code: -32_601, message: 'Method not found' } }],
    ['{"id":1,"method":"stumble"}', { id: 1, error: { code: -32_602, message: 'Invalid params' } }],
    [
      '{"id":1,"method":"fail"}',
      { error: { code: -32_002, message: 'It fails', data: { why: 'on purpose' } } }
    ],
    ['{"method":"add"}', { id: null, result: 0 }]
  ])('answers %s as a node does', async (body, expected) => {
    const post = await serve()
    expect(await (await post(body)).json()).toMatchObject(expected)
  })

  it('reads no request further than a mebibyte', async () => {
    const post = await serve()
    expect((await post(' '.repeat(2 ** 20 + 1))).status).toBe(413)
  })
})
