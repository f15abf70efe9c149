import { connect, createServer, type Socket } from 'node:net'

/** A way to a database on which somebody watches what is said. */
export interface WatchedDatabase {
  /** The database's URL, by way of here. */
  readonly url: string
  /** Cuts the connection of the next transaction in which a purchase is made, once the server has taken its COMMIT. */
  cutNextCommit(): void
  /** How many connections were cut so. */
  cuts(): number
  /** Runs once, when the next purchase is made within a transaction, which is open then. */
  onNextPurchase(run: () => void): void
  close(): void
}

const PURCHASE = 'INSERT INTO bursar_purchases'

/** Opens a way to the database of a URL, on loopback. */
export async function watchDatabase(databaseUrl: string): Promise<WatchedDatabase> {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  const watch = new DatabaseWatch()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => open.delete(socket))
    }
    watch.connection(client, upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    cutNextCommit: () => {
      watch.isCutting = true
    },
    cuts: () => watch.cuts,
    onNextPurchase: (run) => {
      watch.onPurchase = run
    },
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    }
  }
}

class DatabaseWatch {
  isCutting = false
  cuts = 0
  onPurchase: (() => void) | undefined

  connection(client: Socket, upstream: Socket): void {
    let isAwaited = false
    client.on('data', (chunk: Buffer) => {
      upstream.write(chunk)
      if (!chunk.includes(PURCHASE)) return
      this.onPurchase?.()
      this.onPurchase = undefined
      if (this.isCutting) isAwaited = true
      this.isCutting = false
    })
    upstream.on('data', (chunk: Buffer) => {
      if (!isAwaited || !chunk.includes('COMMIT\0')) return void client.write(chunk)
      this.cuts++
      client.destroy()
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.destroy())
  }
}
