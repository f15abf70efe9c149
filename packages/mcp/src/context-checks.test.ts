import { Agents } from '@bursar/local-server'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../test/client.js'
import { createMcpServer } from './create-mcp-server.js'
import { serveHttp } from './http/serve-http.js'

describe('P25: what an MCP server is made with', () => {
  it.each<[object, string]>([
    [{ limit: {} }, 'limit is not an option; did you mean limits?'],
    [{ limits: { payment: '1', daily: '5' } }, 'limits.daily is not an option; did you mean limits.day?'],
    [{ limits: { payment: 1 } }, "limits.payment must be decimal text, such as '0.25', not 1"],
    [{ textBilling: 'key' }, "textBilling must be 'auto' or 'direct' or 'wallet', not \"key\""],
    [{ newId: 'id' }, 'newId must be a function, not "id"'],
    [{ files: 'out' }, 'files must be an object, not "out"'],
    [{ ledger: './ledger.db' }, 'ledger must be an object, not "./ledger.db"'],
    [{ ledger: undefined }, 'ledger is required to serve tools'],
    [{ katana: undefined }, 'katana is required to serve tools']
  ])('%# %o is a TypeError that names it', (wrong, message) => {
    const context = { ...contextOf(), ...wrong }
    expect(() => Reflect.apply(createMcpServer, undefined, [context, '1'])).toThrow(new TypeError(message))
  })
})

describe('P25: how tools are served over HTTP', () => {
  const agents = new Agents([{ name: 'mcp', token: 'a-token-of-the-tests' }])
  it.each<[object, string]>([
    [{ prot: 0 }, 'prot is not an option; did you mean port?'],
    [{ port: 70_000 }, 'port must be a whole number from 0 to 65535, not 70000'],
    [{ agents: 'mcp' }, 'agents must be an object, not "mcp"'],
    [{ version: '' }, 'version must be text that is not empty'],
    [{ port: undefined }, 'port is required to serve tools'],
    [{ agents: undefined }, 'agents is required to serve tools']
  ])('%# %o is a TypeError that names it, and nothing listens', async (wrong, message) => {
    const serving = { agents, port: 0, version: '1', ...wrong }
    await expect(Reflect.apply(serveHttp, undefined, [contextOf(), serving])).rejects.toThrow(
      new TypeError(message)
    )
  })

  it('a malformed context is rejected before anything listens', async () => {
    const serving = { agents, port: 0, version: '1' }
    await expect(
      Reflect.apply(serveHttp, undefined, [{ ...contextOf(), clock: undefined }, serving])
    ).rejects.toThrow('clock is required to serve tools')
  })
})
