import type { CallMark } from './call-mark.js'

/** Which call a signal is of: a signature is told by the signal of the call that it is made in. */
export class CallSignals {
  readonly #marks = new WeakMap<AbortSignal, CallMark>()

  note(signal: AbortSignal, mark: CallMark): void {
    this.#marks.set(signal, mark)
  }

  markOf(signal: AbortSignal | undefined): CallMark {
    const mark = signal && this.#marks.get(signal)
    if (!mark) throw new TypeError('Nobody knows which call it is that signs')
    return mark
  }
}
