import type { FaultOptions, Gateway } from '@bursar/gateway'
import type { SessionCase } from './session-case.js'

/** All texts of a session, a title included, whichever way they are paid. */
const everyText: FaultOptions = {
  leg: 'any',
  times: 100,
  match: ({ path }) => path.endsWith('/chat/completions')
}

/** Has the service behave as a case wants it. @param slowMs how long a slow answer takes. */
export function armService({ faults }: Gateway, name: SessionCase, slowMs: number): void {
  faults.clear()
  if (name === 'slow') faults.next('slow', { ...everyText, when: 'settled', delayMs: slowMs })
  if (name === 'lost-payment') faults.next('answer-lost-after-settling')
  if (name === 'lost-charge') faults.next('answer-lost-after-settling', everyText)
  if (name === 'paid-failure') faults.next('error-500-after-settling', everyText)
}
