export { applyEvent } from './rules/apply-event.js'
export type { Transition } from './rules/transitions.js'
export { transitions } from './rules/transitions.js'
export { memoryLedger } from './stores/memory/memory-ledger.js'
