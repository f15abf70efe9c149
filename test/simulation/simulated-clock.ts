import type { Clock } from '@bursar/core'
import type { Owner, Scheduler } from './scheduler.js'

/** What a machine's clock shows: the simulation's time, ahead or behind. */
export interface Machine {
  readonly name: string
  skewMs: number
}

/** The clock of one process: the wall clock of its machine, and timers that no jump of that touches. */
export class SimulatedClock implements Clock {
  readonly #scheduler: Scheduler
  readonly #owner: Owner
  readonly #machine: Machine

  constructor(scheduler: Scheduler, owner: Owner, machine: Machine) {
    this.#scheduler = scheduler
    this.#owner = owner
    this.#machine = machine
  }

  nowMs(): number {
    return this.#scheduler.nowMs + this.#machine.skewMs
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        cancel()
        reject(signal?.reason)
      }
      const cancel = this.#scheduler.after({ ms, owner: this.#owner, what: 'has waited' }, () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }
}
