import { once } from 'node:events'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { CommandContext } from '../context.js'

/** A server of tools for one host. */
interface HostServer {
  connect(transport: Transport): Promise<void>
  stop(): Promise<void>
}

/** Serves tools on standard input and output, until the host closes its end or the signal aborts. */
export async function serveStdio(
  context: CommandContext,
  server: HostServer,
  ended: AbortSignal
): Promise<void> {
  const { StandardIo } = await import('./standard-io.js')
  const io = new StandardIo()
  await server.connect(io)
  context.err(
    'Serving tools on standard input and output, to the program that started this. Ctrl-C ends it.\n'
  )
  const closed = new AbortController()
  // The host ends the server by closing its end.
  process.stdin.once('close', () => closed.abort()).once('end', () => closed.abort())
  const end = AbortSignal.any([ended, closed.signal, io.closed])
  if (!end.aborted) await once(end, 'abort')
  await server.stop()
}
