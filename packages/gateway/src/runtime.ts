import type { Clock, RandomBytes } from '@bursar/core'
import { randomUuid } from './server/uuid.js'

/** What every part of a gateway is given: its clock, its randomness and its own address. */
export interface GatewayRuntime {
  readonly random: RandomBytes
  /** Unix milliseconds by the gateway's clock. */
  nowMs(): number
  /** Waits. Ends early, without an error, when the gateway stops. */
  sleep(ms: number): Promise<void>
  /** A random UUID. */
  newId(): string
  /** The gateway's own URL, known once it listens. */
  url(): string
}

/** Unix seconds by the gateway's clock. */
export function nowSeconds(runtime: GatewayRuntime): number {
  return Math.floor(runtime.nowMs() / 1000)
}

/** Builds the runtime of one gateway. `signal` ends every wait. */
export function createRuntime(options: {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly signal: AbortSignal
  readonly url: () => string
}): GatewayRuntime {
  const { clock, random, signal, url } = options
  return {
    random,
    nowMs: () => clock.nowMs(),
    sleep: (ms) => clock.sleep(ms, signal).catch(() => undefined),
    newId: () => randomUuid(random),
    url
  }
}
