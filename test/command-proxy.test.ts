import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A company's proxy that writes down which hosts it is asked for, and refuses them. */
async function newProxy() {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  })
  return { url: await listening(server), asked }
}

it('C49: the command reaches services through the proxy that the environment names, and says when that refuses', async () => {
  const { url, asked } = await newProxy()
  const env = { HTTPS_PROXY: url }
  const { code, err } = await startCommand(env, 'models', '--live').ended
  expect([code, asked[0]], err).toEqual([7, 'kat.imgnai.com:443'])
  expect(err).toMatch(/kat\.imgnai\.com/)
})

it('C49: the hosts of NO_PROXY and this machine are reached without it', async () => {
  const { url, asked } = await newProxy()
  const seen: string[] = []
  const service = createServer((request, response) => {
    seen.push(request.url ?? '')
    response.writeHead(404).end()
  })
  const own = await listening(service)
  const env = { HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: 'kat.invalid' }
  await startCommand(env, 'models', '--live', '--url', own).ended
  expect(seen.length).toBeGreaterThan(0)
  await startCommand(env, 'models', '--live', '--url', 'https://kat.invalid').ended
  expect(asked).toEqual([])
})

it('C49: doctor says which proxy is used, without its password', async () => {
  const env = { HTTPS_PROXY: 'http://me:secret@127.0.0.1:9', NO_PROXY: 'intranet.example' }
  const { out } = await startCommand(env, 'doctor').ended
  expect(out).toMatch(/proxy +requests go through 127\.0\.0\.1:9, but to this machine and intranet\.example/)
  expect(out).not.toContain('secret')
})
