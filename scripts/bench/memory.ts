import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

/**
 * What a program holds after so many paid calls, and after twice as many: what it needs is the same, for calls without end.
 * In a process of its own; the peer is the half of the calls.
 */
export async function benchMemory(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  try {
    const calls = quick ? 20_000 : 100_000
    const child = fileURLToPath(new URL('memory-child.ts', import.meta.url))
    return ['bursar', 'remembering', 'durable'].flatMap((name) => {
      const argv = ['--import', 'tsx', '--expose-gc', child, server.origin, name, String(calls)]
      const [half, whole] = JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }))
      const peer = `${calls} calls`
      const row = (kind: 'heap' | 'rss'): BenchRow => ({
        bench: `memory/${kind}/${name}/${2 * calls}-calls`,
        unit: 'MB',
        peer,
        ours: whole[kind],
        theirs: half[kind],
        ratio: whole[kind] / half[kind]
      })
      return [row('heap'), row('rss')]
    })
  } finally {
    server.stop()
  }
}
