import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { systemClock } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/sqlite'
import type { McpContext } from '@bursar/mcp'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { accountOptions } from '../accounts.js'
import type { Io } from '../io.js'
import { limitsFor } from '../limits-file.js'
import { untilInterrupted } from '../run-in.js'

/** What `mcp` is asked. */
export interface McpOptions {
  readonly http?: boolean
  readonly port: string
  readonly url?: string
  readonly output?: string
  readonly maxAmount?: string
  readonly allowHost?: readonly string[]
}

/** Serves tools to an agent's host: over standard input and output, or over HTTP. */
export async function mcp(io: Io, version: string, options: McpOptions): Promise<void> {
  const limits = limitsFor(io.env, options.maxAmount)
  const accounts = await accountOptions(io, limits)
  const baseUrl = options.url ?? io.env.KATANA_URL ?? 'https://kat.imgnai.com'
  const { allowHost: hosts } = options
  const allow = hosts ? { allow: { hosts: [...hosts, new URL(baseUrl).host] } } : {}
  const bursar = createBursar({ ...accounts, ...allow })
  try {
    const context: McpContext = {
      bursar,
      katana: createKatana(bursar, { baseUrl, billing: 'direct' }),
      ledger: accounts.ledger,
      limits,
      folder: options.output ?? join(dirname(defaultPath(io.env)), 'files'),
      clock: systemClock,
      newId: randomUUID
    }
    await untilInterrupted((interrupted) =>
      options.http
        ? overHttp(io, context, { version, port: options.port }, interrupted)
        : overStdio(io, context, version, interrupted)
    )
  } finally {
    await bursar.close()
  }
}

async function overStdio(
  io: Io,
  context: McpContext,
  version: string,
  interrupted: AbortSignal
): Promise<void> {
  const [{ StdioServerTransport }, { createMcpServer }] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/stdio.js'),
    import('@bursar/mcp')
  ])
  const server = createMcpServer(context, version)
  await server.connect(new StdioServerTransport())
  io.tell('Serving tools on standard input and output.\n')
  const over = new AbortController()
  // The host ends it by closing its end.
  process.stdin.once('close', () => over.abort()).once('end', () => over.abort())
  const end = AbortSignal.any([interrupted, over.signal])
  if (!end.aborted) await once(end, 'abort')
  await server.close()
}

async function overHttp(
  io: Io,
  context: McpContext,
  { version, port }: { readonly version: string; readonly port: string },
  interrupted: AbortSignal
): Promise<void> {
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new TypeError('--port is a number up to 65535')
  const [{ serveHttp }, { Agents, newToken }] = await Promise.all([
    import('@bursar/mcp'),
    import('@bursar/local-server')
  ])
  const token = io.env.BURSAR_PROXY_TOKEN || newToken()
  const agents = new Agents([{ name: 'mcp', token }])
  const server = await serveHttp(context, { agents, port: Number(port), version })
  io.out(`${JSON.stringify({ url: server.url, headers: { Authorization: `Bearer ${token}` } })}\n`)
  io.tell('Serving tools to programs on this machine that have the token.\n')
  if (!interrupted.aborted) await once(interrupted, 'abort')
  await server.stop()
}
