import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { ErrorCode, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/sdk/types.js'
import { type LongLine, WholeLines } from './whole-lines.js'

/** Bytes of one message. The SDK's own transport ends at a longer one, and all tools with it. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024

const ID = String.raw`"id"\s*:\s*(-?\d{1,15}|"(?:[^"\\]|\\.)*")\s*`
/** The id of a request before and behind all objects in it, where programs write it. */
const atStart = new RegExp(String.raw`^\s*\{[^{}]*?${ID}[,}]`)
const atEnd = new RegExp(String.raw`${ID}(?:,[^{}]*)?\}\s*$`)
/** An answer of the host: its id is one of this server's requests, and not of the host's own. */
const isAnswer = /^\s*\{[^{}]*"(?:result|error)"\s*:\s*\{/

/**
 * Standard input and output as the transport of an MCP server. A message counts as sent once it has left this process. One
 * that is too long is answered with an error, and the next is read.
 */
export class StandardIo extends StdioServerTransport {
  readonly #closed = new AbortController()

  constructor() {
    const lines = new WholeLines(MAX_MESSAGE_BYTES, (line) => void this.#refuse(line).catch(() => {}))
    super(process.stdin.pipe(lines), process.stdout, { maxBufferSize: MAX_MESSAGE_BYTES })
  }

  /** Aborts when no more messages are read. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message)
    await new Promise<void>((resolve, reject) => {
      process.stdout.write('', (error) => (error ? reject(error) : resolve()))
    })
  }

  override async close(): Promise<void> {
    await super.close()
    // What is read goes on holding the process otherwise.
    process.stdin.unpipe().pause()
    this.#closed.abort()
  }

  async #refuse(line: LongLine): Promise<void> {
    const id = isAnswer.test(line.start) ? undefined : requestIdIn(line)
    if (id === undefined) return
    const message = `A message of more than ${MAX_MESSAGE_BYTES} bytes is not read. Nothing was paid for it`
    await this.send({ jsonrpc: '2.0', id, error: { code: ErrorCode.InvalidRequest, message } })
  }
}

function requestIdIn({ start, end }: LongLine): RequestId | undefined {
  const [, text] = atStart.exec(start) ?? atEnd.exec(end) ?? []
  return text === undefined ? undefined : JSON.parse(text)
}
