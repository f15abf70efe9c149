import { bursarErrorOf, type Ledger } from '@bursar/core'
import { withMethods } from './with-methods.js'

/** A ledger that writes down in the history what it is asked to do, and what it says. */
export function tracedLedger(ledger: Ledger, note: (what: string) => void): Ledger {
  const traced = async <Value>(what: string, asking: Promise<Value>, said: (value: Value) => string) => {
    try {
      const value = await asking
      note(`ledger: ${what}: ${said(value)}`)
      return value
    } catch (error) {
      note(`ledger: ${what}: ${bursarErrorOf(error)?.code ?? 'an error of another kind'}`)
      throw error
    }
  }
  return withMethods(ledger, {
    reserve(reservation, options) {
      const what = `reserve ${reservation.id} for ${reservation.labels.intent}`
      return traced(what, ledger.reserve(reservation, options), ({ state }) => state)
    },
    resume(query, options) {
      const what = `resume ${query.name ?? query.fingerprint.slice(0, 8)}`
      return traced(what, ledger.resume(query, options), (resumption) =>
        'purchase' in resumption ? `${resumption.kind} ${resumption.purchase.id}` : resumption.kind
      )
    },
    recordEvent(id, event, options) {
      const what = `record ${event.type} of ${id}`
      return traced(what, ledger.recordEvent(id, event, options), ({ state, call }) => `${state}, ${call}`)
    }
  })
}
