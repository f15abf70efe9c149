import type { Io } from '../io.js'

type Ask = NonNullable<Io['ask']>

/**
 * Asks one question after the other. Of two that are open at once at a terminal, both would take the one line that is typed:
 * who agrees to a payment that they see would agree to another as well.
 */
export function oneAtATime(ask: Ask): Ask {
  let last: Promise<unknown> = Promise.resolve()
  return (question, options) => {
    const asked = last.then(() => ask(question, options))
    last = asked.catch(() => {})
    return asked
  }
}
