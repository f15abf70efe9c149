import type { BenchClient } from './clients.js'

/** One batch of calls. */
export interface Batch {
  readonly callsPerSecond: number
  /** Of this process, user and system. */
  readonly cpuMicrosPerCall: number
}

/** Makes `calls` calls, `concurrency` at a time. */
export async function runBatch(
  client: BenchClient,
  url: string,
  concurrency: number,
  calls: number
): Promise<Batch> {
  let left = calls
  const worker = async (): Promise<void> => {
    while (left-- > 0) await client.call(url)
  }
  const cpu = process.cpuUsage()
  const started = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - started) / 1000
  const used = process.cpuUsage(cpu)
  return { callsPerSecond: calls / seconds, cpuMicrosPerCall: (used.user + used.system) / calls }
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
