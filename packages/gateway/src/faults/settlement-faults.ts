import { errorResponse, lostResponse } from '../server/response.js'
import type { Fault } from './fault.js'

/** What can go wrong before, during and after the settlement. */
export const settlementFaults = {
  'answer-lost-before-settling': {
    leg: 'paid',
    summary: 'closes the connection when the payment has arrived; nothing is settled',
    beforeSettling: () => lostResponse
  },
  'answer-lost-after-settling': {
    leg: 'paid',
    summary: 'settles, does the work, and closes the connection without an answer',
    afterSettling: async () => lostResponse
  },
  'error-500-after-settling': {
    leg: 'paid',
    summary: 'settles, does the work, and answers 500 without a receipt',
    afterSettling: async () => errorResponse(500, 'internal_error', 'The gateway failed after settling.')
  },
  'error-402-after-settling': {
    leg: 'paid',
    summary: 'settles, does the work, and answers 402 with a new challenge, as if nothing had been paid',
    afterSettling: async (_answer, challenge) => challenge()
  },
  'payment-rejected': {
    leg: 'paid',
    summary: 'rejects a valid payment with `simulation_failed`; nothing is settled',
    rejects: 'simulation_failed'
  },
  'settlement-pending': {
    leg: 'paid',
    summary:
      'sends the transfer and answers `settlement_pending` without waiting for it (`lands: false`: never sends it)',
    onSettling: ({ options }) => ({ pretendPending: { lands: options.lands ?? true } })
  },
  'blockhash-not-found': {
    leg: 'paid',
    summary:
      'holds a Solana transaction until its blockhash has expired, sends nothing, and fails with `blockhash_not_found` (`expires: false`: at once, the transaction still being alive)',
    onSettling: ({ options }) => ({ blockhash: options.expires === false ? 'pretend' : 'expires' })
  }
} as const satisfies Record<string, Fault>
