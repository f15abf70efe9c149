import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished } from 'vitest'

/** How long to wait for what must come. It only ends a test that would hang. */
const DEADLINE_MS = 20_000

/** A connection over which a test writes HTTP by hand. */
export interface RawConnection {
  write(text: string): void
  /** What has been received so far. */
  received(): string
  /** Waits until what has been received matches. */
  receives(pattern: RegExp): Promise<void>
  /** Resolves when the other side closes the connection. */
  readonly closed: Promise<unknown>
}

/** Connects to a server. The connection ends with the test. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
  })
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  return {
    write: (text) => void socket.write(text),
    received: () => received,
    receives: (pattern) => expect.poll(() => received, { timeout: DEADLINE_MS }).toMatch(pattern),
    closed
  }
}
