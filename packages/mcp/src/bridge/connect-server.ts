import { fileURLToPath } from 'node:url'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { StdioServerParameters } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js'
import { type McpServerAddress, type StdioCommand, serverUrl } from '../paying/server-url.js'
import { hidingFetch } from './hiding-fetch.js'

// The official client is loaded where a server is connected to: a host waits for the tools of one that connects to none.

/** A server whose tools may be paid, and the client that speaks to it. */
export interface ConnectedServer {
  readonly client: Client
  /** Where it is, as the operator says. */
  readonly address: McpServerAddress
  /** By which limits, pins, price history and record know it. */
  readonly url: URL
  /**
   * Connects once more, as a client that the server may ask something. Default: it may ask nothing.
   *
   * @throws what the official client does.
   */
  readonly reconnect?: (capabilities: ClientCapabilities, signal?: AbortSignal) => Promise<Client>
}

/** How a server is connected to. */
export interface ConnectOptions {
  /**
   * What a server over HTTP knows the operator by, as `Authorization: Bearer` has it. It goes to that origin alone. Default: none.
   *
   * @example { token: process.env.WEATHER_TOKEN }
   */
  readonly token?: string | undefined
}

/**
 * Connects to a server: over streamable HTTP, over events as servers had them before, or over the standard input and output of
 * a command. A command gets the environment that the official SDK gives it, in which there are no keys.
 *
 * @param version of this client, for the server.
 * @throws what the official client does.
 */
export async function connectServer(
  address: McpServerAddress,
  version: string,
  { token }: ConnectOptions = {}
): Promise<ConnectedServer> {
  const url = await serverUrl(address)
  const reconnect = (capabilities: ClientCapabilities, signal?: AbortSignal): Promise<Client> => {
    const traits = { version, capabilities, signal }
    return isCommand(address)
      ? connectOverStdio(address, traits)
      : connectOverHttp(new URL(address), traits, token)
  }
  return { client: await reconnect({}), address, url, reconnect }
}

/** As what a server knows its client, and how long that tries. */
interface ClientTraits {
  readonly version: string
  readonly capabilities: ClientCapabilities
  readonly signal: AbortSignal | undefined
}

function isCommand(address: McpServerAddress): address is StdioCommand {
  return typeof address === 'object' && 'command' in address
}

/**
 * Bytes of one message of a command. The SDK closes the connection at a longer one, and at 10 MiB where nothing is said: a
 * picture or a sound that was paid for would be lost.
 */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

function parametersOf({ command, args = [], cwd }: StdioCommand): StdioServerParameters {
  const own = { command, args: [...args], stderr: 'inherit' as const, maxBufferSize: MAX_MESSAGE_BYTES }
  return cwd === undefined ? own : { ...own, cwd: folderOf(cwd) }
}

function folderOf(cwd: string | URL): string {
  return typeof cwd === 'string' ? cwd : fileURLToPath(cwd)
}

async function connectOverStdio(address: StdioCommand, traits: ClientTraits): Promise<Client> {
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js')
  return connectOver(new StdioClientTransport(parametersOf(address)), traits)
}

/** @see MCP 2025-11-25, "Backwards compatibility" of the transports */
async function connectOverHttp(url: URL, traits: ClientTraits, token: string | undefined): Promise<Client> {
  const own = token === undefined ? {} : withToken(token)
  const { StreamableHTTPClientTransport, StreamableHTTPError } = await import(
    '@modelcontextprotocol/sdk/client/streamableHttp.js'
  )
  try {
    return await connectOver(new StreamableHTTPClientTransport(url, own) as Transport, traits)
  } catch (error) {
    const isOlder = error instanceof StreamableHTTPError && [400, 404, 405].includes(error.code ?? 0)
    if (!isOlder) throw error
    const { SSEClientTransport } = await import('@modelcontextprotocol/sdk/client/sse.js')
    // That the server is an older one was a guess: what a newer one said is the reason.
    return connectOver(new SSEClientTransport(url, own), traits).catch(() => Promise.reject(error))
  }
}

/** The token goes to the server, and comes back from it to nobody. */
function withToken(token: string) {
  return { requestInit: { headers: { Authorization: `Bearer ${token}` } }, fetch: hidingFetch(token) }
}

async function connectOver(
  transport: Transport,
  { version, capabilities, signal }: ClientTraits
): Promise<Client> {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js')
  const client = new Client({ name: 'bursar', version }, { capabilities })
  try {
    await client.connect(transport, signal && { signal })
    return client
  } catch (error) {
    await client.close()
    throw error
  }
}
