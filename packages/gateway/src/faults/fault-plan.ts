import { BoundedMap } from '../server/bounded-map.js'
import type { FaultOptions, FaultTarget } from './fault.js'
import type { RequestedFault } from './fault-header.js'
import { type FaultName, faultTable, missingOption } from './table.js'

/** A fault that has taken hold of one request. */
export interface DrawnFault {
  readonly name: FaultName
  readonly options: FaultOptions
}

/** Arms faults for requests to come. */
export interface Faults {
  /**
   * Arms a fault for the next request on its leg, or the next `times`.
   *
   * @throws {TypeError} when a required option is missing or `times` is no positive whole number.
   */
  next(name: FaultName, options?: FaultOptions): void
  /** Disarms all. */
  clear(): void
}

/** Requests count their own faults by what they are; the oldest counts are forgotten beyond this many. */
const MAX_COUNTS = 10_000

/** What is armed, and how often each request has had the faults that it asked for. */
export class FaultPlan implements Faults {
  #armed: { readonly name: FaultName; readonly options: FaultOptions; left: number }[] = []
  readonly #counts = new BoundedMap<string, number>(MAX_COUNTS)

  next(name: FaultName, options: FaultOptions = {}): void {
    const times = options.times ?? 1
    if (!Number.isInteger(times) || times < 1) throw new TypeError(`Fault ${name}: times must be 1 or more`)
    const missing = missingOption(name, options)
    if (missing) throw new TypeError(`Fault ${name}: give the option "${missing}"`)
    this.#armed.push({ name, options, left: times })
  }

  clear(): void {
    this.#armed = []
    this.#counts.clear()
  }

  /** Takes the armed faults that fit an request: at most one of each name, in the order of arming. */
  draw(target: FaultTarget): readonly DrawnFault[] {
    const drawn = new Map<FaultName, DrawnFault>()
    for (const armed of this.#armed) {
      if (drawn.has(armed.name) || !fits(armed.name, armed.options, target)) continue
      armed.left--
      drawn.set(armed.name, armed)
    }
    this.#armed = this.#armed.filter(({ left }) => left > 0)
    return [...drawn.values()]
  }

  /**
   * Takes the faults that a request asks for itself.
   *
   * @param key names the request: a client that sends it again sends the same header, so that only a count
   *   kept here tells the second request from the first.
   */
  drawRequested(
    requested: readonly RequestedFault[],
    target: FaultTarget,
    key: string
  ): readonly DrawnFault[] {
    return requested.filter(({ name, options, times }) => {
      if (!fits(name, options, target)) return false
      const countKey = `${key}/${name}`
      const count = this.#counts.get(countKey) ?? 0
      this.#counts.set(countKey, count + 1)
      return count < times
    })
  }
}

function fits(name: FaultName, options: FaultOptions, target: FaultTarget): boolean {
  const leg = options.leg ?? faultTable[name].leg
  if (leg !== 'any' && (leg === 'paid') !== target.paid) return false
  return options.match?.(target) ?? true
}
