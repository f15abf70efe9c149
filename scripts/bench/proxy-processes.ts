import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@bursar/core'
import { EVM_KEY } from './keys.js'

/** Of the proxy's one agent. */
export const BENCH_TOKEN = 'a-token-of-the-benchmark'

/** What a process has used, and how long the calls took that it was asked for. */
interface ProcessReport {
  readonly url: string
  readonly cpuMicros: number
  readonly residentBytes: number
  readonly tookMs: readonly number[]
}

/** A proxy, a program with the library, or a bare server in front of it, in a process of its own. */
export interface BenchProcess {
  readonly url: string
  /** Has it make calls, one after the other. @returns what it has used since it began. */
  ask(calls: number): Promise<ProcessReport>
  stop(): void
}

/** Starts one. @param body of the calls that it makes itself. */
export async function startProcess(
  role: 'proxy' | 'library' | 'server',
  origin: string,
  body: JsonObject
): Promise<BenchProcess> {
  const script = fileURLToPath(new URL('proxy-child.mjs', import.meta.url))
  const options = JSON.stringify({ role, origin, evm: EVM_KEY, token: BENCH_TOKEN, body })
  // As programs run it, and not through what lets this one read TypeScript.
  const child = fork(script, [options], { execArgv: [] })
  const { url } = await nextReport(child)
  return {
    url,
    async ask(calls) {
      child.send({ calls })
      return nextReport(child)
    },
    stop: () => child.disconnect()
  }
}

async function nextReport(child: ChildProcess): Promise<ProcessReport> {
  const [report] = await once(child, 'message')
  return report
}
