import { transitions } from '@bursar/ledger'

/** The states of a payment, numbered for the model. */
const states = ['reserved', 'signed', 'sent', 'settled', 'dead', 'released'] as const

/** The ledger's own table of transitions, in the model's words: whether an event is taken in a state. */
export function transitionMacros(): string {
  const events = [...new Set(transitions.filter(({ kind }) => kind === 'payment').map(({ event }) => event))]
  const numbers = states.map((state, index) => `#define ${state.toUpperCase()} ${index + 1}`)
  const macros = events.map((event) => {
    const from = transitions.filter((each) => each.kind === 'payment' && each.event === event)
    return `#define MAY_${event.toUpperCase()}(s) (${from.map((each) => `s == ${each.from.toUpperCase()}`).join(' || ')})`
  })
  return [...numbers, ...macros, ''].join('\n')
}
