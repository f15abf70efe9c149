import { checkOptions } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import { faultChecks } from './fault-checks.js'
import type { RequestedFault } from './fault-header.js'
import type { FaultOptions, FaultTarget } from './fault-options.js'
import { type FaultName, faultTable, isFaultName, missingOption } from './fault-table.js'
import { unknownNameMessage } from './unknown-fault.js'

/** A fault that applies to one request. */
export interface DrawnFault {
  readonly name: FaultName
  readonly options: FaultOptions
}

/** Arms faults for requests to come. */
export interface Faults {
  /**
   * Arms a fault for the next request on its leg, or for the next `times`.
   *
   * @throws {TypeError} when there is no such fault, a required option is missing, or an option is unknown or malformed.
   */
  next(name: FaultName, options?: FaultOptions): void
  /** Disarms all faults. */
  clear(): void
}

interface ArmedFault extends DrawnFault {
  /** How many more requests it applies to. */
  left: number
}

/** How many requests are counted at once. Older counts are forgotten. */
const MAX_COUNTS = 10_000

/** The armed faults, and how often each request got the faults that it asked for itself. */
export class FaultPlan implements Faults {
  #armed: ArmedFault[] = []
  readonly #counts = new BoundedMap<string, number>(MAX_COUNTS)

  next(name: FaultName, options: FaultOptions = {}): void {
    if (!isFaultName(name)) throw new TypeError(unknownNameMessage(name, Object.keys(faultTable)))
    checkOptions(options, faultChecks, 'options')
    const { times = 1 } = options
    const missing = missingOption(name, options)
    if (missing) throw new TypeError(`Fault ${name}: give the option "${missing}"`)
    this.#armed.push({ name, options, left: times })
  }

  clear(): void {
    this.#armed = []
    this.#counts.clear()
  }

  /** Takes the armed faults that apply to a request: at most one of each name, in the order of arming. */
  draw(target: FaultTarget): readonly DrawnFault[] {
    const drawn = new Map<FaultName, DrawnFault>()
    for (const armed of this.#armed) {
      if (drawn.has(armed.name) || !applies(armed, target)) continue
      armed.left--
      drawn.set(armed.name, armed)
    }
    this.#armed = this.#armed.filter(({ left }) => left > 0)
    return [...drawn.values()]
  }

  /**
   * Takes the faults that a request asks for itself.
   *
   * @param key identifies the request. A client that repeats a request repeats its header, so only a count that
   *   is kept here can distinguish the second request from the first.
   */
  drawRequested(
    requested: readonly RequestedFault[],
    target: FaultTarget,
    key: string
  ): readonly DrawnFault[] {
    return requested.filter((fault) => {
      if (!applies(fault, target)) return false
      const countKey = `${key}/${fault.name}`
      const count = this.#counts.get(countKey) ?? 0
      this.#counts.set(countKey, count + 1)
      return count < fault.times
    })
  }
}

function applies({ name, options }: DrawnFault, target: FaultTarget): boolean {
  const leg = options.leg ?? faultTable[name].leg
  if (leg !== 'any' && (leg === 'paid') !== target.paid) return false
  return options.match?.(target) ?? true
}
