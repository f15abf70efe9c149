import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AgentRequest } from './agent-messages.js'
import { serveKeys } from './agent-server.js'

const [ID, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]
const KEY = 'c'.repeat(64)

async function serve(forMs = 60_000) {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-agent-'))
  const path = join(folder, 'socket')
  const { ended } = await serveKeys(path, { ask: 'hold', keys: { [ID]: KEY }, forMs })
  const send = async (line: string): Promise<string> => {
    const socket = createConnection(path).on('error', () => {})
    socket.write(line)
    return text(socket).catch(() => '')
  }
  const ask = async (request: AgentRequest) =>
    JSON.parse((await send(`${JSON.stringify(request)}\n`)) || 'null')
  onTestFinished(async () => {
    await ask({ ask: 'lock' })
    await ended
    rmSync(folder, { recursive: true })
  })
  return { path, ended, send, ask }
}

describe('P46: the agent', () => {
  it('gives what it holds, to its owner alone, and nothing else', async () => {
    const { path, ask } = await serve()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await ask({ ask: 'get', ids: [ID, OTHER] })).toEqual({ keys: { [ID]: KEY }, held: 1 })
    expect(await ask({ ask: 'hold', keys: { [OTHER]: KEY }, forMs: 60_000 })).toEqual({ keys: {}, held: 2 })
    expect(await ask({ ask: 'get', ids: [OTHER] })).toEqual({ keys: { [OTHER]: KEY }, held: 2 })
  })

  it('ends when its time is over, or when it is told to', async () => {
    const short = await serve(20)
    await short.ended
    const long = await serve()
    expect(await long.ask({ ask: 'lock' })).toEqual({ keys: {}, held: 1 })
    await long.ended
    expect(await long.ask({ ask: 'get', ids: [ID] })).toBeNull()
  })

  it('leaves the socket of a living agent alone, and takes the place of one that was killed', async () => {
    const { path, ask } = await serve()
    await expect(serveKeys(path, { ask: 'hold', keys: { [OTHER]: KEY }, forMs: 20 })).rejects.toThrow(
      'Another agent listens'
    )
    expect(await ask({ ask: 'get', ids: [ID, OTHER] })).toEqual({ keys: { [ID]: KEY }, held: 1 })
    const left = join(dirname(path), 'left')
    const listen = `require('node:net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', listen])
    expect(existsSync(left)).toBe(true)
    const { ended } = await serveKeys(left, { ask: 'hold', keys: { [ID]: KEY }, forMs: 20 })
    await ended
  })

  it('answers on a connection that was open when it ended, holds nothing for it, and ends', async () => {
    const { path, ask, ended } = await serve()
    const socket = createConnection({ path, allowHalfOpen: true })
    await once(socket, 'connect')
    expect(await ask({ ask: 'lock' })).toMatchObject({ held: 1 })
    socket.write(`${JSON.stringify({ ask: 'hold', keys: { [OTHER]: KEY }, forMs: 60_000 })}\n`)
    expect(['', '{"keys":{},"held":0}\n']).toContain(await text(socket))
    socket.destroy()
    await ended
  })

  it('hangs up on what is no request, and serves the next', async () => {
    const { send, ask } = await serve()
    for (const line of [
      '{\n',
      '{"ask":"all"}\n',
      'x'.repeat(20_000),
      '\n',
      '{"ask":"get","ids":[],"more":1}\n'
    ])
      expect(await send(line)).toBe('')
    expect(await ask({ ask: 'get', ids: [ID] })).toMatchObject({ held: 1 })
  })
})
