import { abortable } from '@bursar/core'

/** A call that is in flight. */
interface Flight<Value> {
  readonly answer: Promise<Value>
  /** Ends the call. */
  readonly stop: AbortController
  /** How many callers wait for it. */
  waiting: number
}

/**
 * Makes equal calls that are in flight together one call, whose answer all of them get: agents' hosts repeat calls. It ends
 * when nobody waits for it any more.
 */
export class JoinedCalls<Value> {
  readonly #flights = new Map<string, Flight<Value>>()

  /**
   * Makes a call, or joins the one of this key that is in flight.
   *
   * @param call makes it, until its signal aborts.
   * @throws the reason of the caller's signal, and what the call fails with.
   */
  join(key: string, call: (signal: AbortSignal) => Promise<Value>, signal: AbortSignal): Promise<Value> {
    const flight = this.#flights.get(key) ?? this.#begin(key, call)
    flight.waiting++
    const onAbort = (): void => {
      flight.waiting--
      if (flight.waiting > 0) return
      this.#forget(key, flight)
      flight.stop.abort(signal.reason)
    }
    return abortable(flight.answer, signal, { onAbort })
  }

  #begin(key: string, call: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const stop = new AbortController()
    const flight = { answer: call(stop.signal), stop, waiting: 0 }
    this.#flights.set(key, flight)
    const end = (): void => this.#forget(key, flight)
    flight.answer.then(end, end)
    return flight
  }

  #forget(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}
