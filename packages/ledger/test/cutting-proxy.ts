import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Where a connection is cut at a commit: when the server has taken it, or before it has come there. */
type Cut = 'after' | 'before'

/** A proxy between ledgers and their database, which breaks connections at the moment that a test names. */
export interface CuttingProxy {
  /** The database's URL, by way of here. */
  readonly url: string
  /** Cuts the next connection that commits a transaction in which such a statement was run. */
  cutCommitOf(statement: string, when: Cut): void
  /** Decides at each commit from now on whether its connection is cut. */
  cutCommits(decide: (() => Cut | undefined) | undefined): void
  /** How many were cut so. */
  cuts(): number
  /** Ends every connection, and refuses new ones. */
  refuse(): void
  accept(): void
}

/** Starts a proxy for the database of a URL. */
export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let planned: { readonly statement: string; readonly when: Cut } | undefined
  let decide: (() => Cut | undefined) | undefined
  let [cuts, isRefusing] = [0, false]

  const cutOf = (sent: string): Cut | undefined => {
    if (!planned || !sent.includes(planned.statement)) return decide?.()
    const { when } = planned
    planned = undefined
    return when
  }
  const server = createServer((client) => {
    if (isRefusing) return void client.destroy()
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => open.delete(socket))
    }
    const cut = (): void => {
      cuts++
      client.destroy()
    }
    let sent = ''
    let isAwaited = false
    client.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1')
      if (text.includes('BEGIN')) sent = ''
      sent += text
      // That which is only read commits as well, and writes no number.
      const isCommit = text.includes('SET written')
      const when = isCommit ? cutOf(sent) : undefined
      if (when === 'before') {
        upstream.destroy()
        return cut()
      }
      isAwaited ||= when === 'after'
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (!isAwaited) return void client.write(chunk)
      if (chunk.includes('COMMIT\0')) cut()
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  onTestFinished(close)
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    cutCommitOf: (statement, when) => {
      planned = { statement, when }
    },
    cutCommits: (decision) => {
      decide = decision
    },
    cuts: () => cuts,
    refuse() {
      isRefusing = true
      for (const socket of open) socket.destroy()
    },
    accept() {
      isRefusing = false
    }
  }
}
