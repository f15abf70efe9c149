import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a server of this machine on which each byte takes so long, each way. It stops with the function that it returns. */
export async function openSlowLine(
  origin: string,
  eachWayMs: number
): Promise<{ readonly origin: string; stop(): void }> {
  const sockets = new Set<Socket>()
  const line = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', noDelay: true })
    for (const [from, to] of [
      [near, far],
      [far, near]
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => setTimeout(() => to.write(bytes), eachWayMs))
      from.on('close', () => setTimeout(() => to.destroy(), eachWayMs))
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const { port } = line.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      line.close()
      for (const socket of sockets) socket.destroy()
    }
  }
}
