import { checkHttpUrl, type OptionCheck } from '@bursar/core'

/** What starts an MCP server that is spoken to over standard input and output. */
export interface StdioCommand {
  readonly command: string
  readonly args?: readonly string[] | undefined
  /** The folder in which it runs. */
  readonly cwd?: string | URL | undefined
}

/** Where an MCP server is: its URL, or the command that starts it. */
export type McpServerAddress = string | URL | StdioCommand

const websockets: Readonly<Record<string, string>> = { 'ws:': 'http:', 'wss:': 'https:' }

/**
 * The URL by which limits, pins, price history and record know an MCP server: its own, or one that is made of the command
 * that starts it, under a name that nobody can register. It says nothing that the server says of itself.
 *
 * @example
 * ```ts
 * const { host } = await serverUrl({ command: 'npx', args: ['-y', 'weather-mcp'] })
 * const limits = { payment: '0.25', hosts: { [host]: { day: '1.00' } } }
 * ```
 */
export async function serverUrl(server: McpServerAddress): Promise<URL> {
  if (typeof server === 'object' && 'command' in server) return commandUrl(server)
  const url = new URL(server)
  const protocol = websockets[url.protocol]
  return protocol ? new URL(url.href.replace(url.protocol, protocol)) : url
}

/** @see RFC 6761, section 6.4, ".invalid" */
async function commandUrl({ command, args = [], cwd }: StdioCommand): Promise<URL> {
  const named = JSON.stringify([command, args, ...(cwd === undefined ? [] : [String(cwd)])])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(named))
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return new URL(`https://${hex.slice(0, 32)}.stdio.invalid/`)
}

/** The URL of a server's tool, by which calls of it are known. */
export function toolUrl(server: URL, tool: string): URL {
  const url = new URL(server)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${segmentOf(tool)}`
  return url
}

/** A name as one segment of a path, whatever characters it has. */
function segmentOf(name: string): string {
  // Names of one or two dots alone would lead to another path.
  if (/^\.{1,2}$/.test(name)) return name.replaceAll('.', '%252E')
  // JSON escapes what is half of a character, which no URL can hold.
  return encodeURIComponent(JSON.stringify(name).slice(1, -1))
}

/** @throws {TypeError} for what is neither a URL nor a command. */
export const checkServer: OptionCheck = (value, path) => {
  if (value instanceof URL || typeof value === 'string') {
    checkHttpUrl(String(value).replace(/^ws(?=s?:)/i, 'http'), path)
    return
  }
  if (!isCommand(value))
    throw new TypeError(`${path} must be a URL, or an object with the command of a server`)
}

/**
 * Where the server is that a transport of the official SDK leads to: what the program was told to connect to.
 *
 * @throws {TypeError} for another transport, which does not say.
 */
export function addressOf(transport: object | undefined): McpServerAddress {
  if (transport && '_url' in transport && transport._url instanceof URL) return transport._url
  if (transport && '_serverParams' in transport && isCommand(transport._serverParams))
    return transport._serverParams
  throw new TypeError('server is required: this transport does not say where it leads. Nothing was paid.')
}

function isCommand(value: unknown): value is StdioCommand {
  return (
    typeof value === 'object' && value !== null && 'command' in value && typeof value.command === 'string'
  )
}
