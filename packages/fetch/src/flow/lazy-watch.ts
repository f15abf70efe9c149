import { loadOnce, type Purchase } from '@bursar/core'
import type { BackgroundWatch } from './payment-context.js'

/** A watch that is loaded with the first payment that is to be watched. */
export class LazyWatch implements BackgroundWatch {
  readonly #load: () => Promise<BackgroundWatch>
  #loaded: BackgroundWatch | undefined
  #isStopped = false

  constructor(load: () => Promise<BackgroundWatch>) {
    this.#load = loadOnce(load)
  }

  add(purchase: Purchase): void {
    void this.#tell((watch) => watch.add(purchase))
  }

  addExpired(purchases: readonly Purchase[]): void {
    void this.#tell((watch) => watch.addExpired(purchases))
  }

  stop(): void {
    this.#isStopped = true
    this.#loaded?.stop()
  }

  /** What is not watched is asked about by the calls that need its budget, and by `recover`. */
  async #tell(tell: (watch: BackgroundWatch) => void): Promise<void> {
    this.#loaded ??= await this.#load().catch(() => undefined)
    if (this.#loaded && !this.#isStopped) tell(this.#loaded)
  }
}
