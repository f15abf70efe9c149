import { errorResponse, withHeaders } from '../server/response.js'
import type { Fault } from './fault.js'

/** What can go wrong with what was paid for. */
export const workFaults = {
  'credit-delayed': {
    leg: 'paid',
    does: 'settles a top-up, and credits it a second later (option `delayMs`)',
    effects: ({ options }) => ({ credit: 'delayed', delayMs: options.delayMs ?? 1000 })
  },
  'credit-never': {
    leg: 'paid',
    does: 'settles a top-up, says that it is credited, and never credits it',
    effects: () => ({ credit: 'never' })
  },
  'job-fails': {
    leg: 'any',
    does: 'charges for a job that then fails, and gives the charge back',
    effects: () => ({ job: 'fails' })
  },
  'job-stays-pending': {
    leg: 'any',
    does: 'charges for a job that never ends',
    effects: () => ({ job: 'pending' })
  },
  'assets-expired': {
    leg: 'any',
    does: 'makes a job whose assets have expired when it is done',
    effects: () => ({ assets: 'expired' })
  },
  'usage-missing': {
    leg: 'any',
    does: 'writes a text and does not tell what was used, so that the whole reserve is kept',
    effects: () => ({ usage: 'missing' })
  },
  'proof-stale': {
    leg: 'unpaid',
    does: 'answers 401 as if the wallet proof were too old',
    onRequest: async () =>
      errorResponse(401, 'invalid_wallet_proof', 'The wallet proof is refused: it is stale.')
  },
  'proof-of-another-wallet': {
    leg: 'unpaid',
    does: 'answers 403 as if the wallet proof were of another wallet',
    onRequest: async () =>
      errorResponse(403, 'other_wallet', 'The proof is of another wallet than the one that is asked about.')
  },
  'rate-limited': {
    leg: 'any',
    does: 'answers 429 and asks for a second of patience, before anything is looked at',
    onRequest: async () =>
      withHeaders(errorResponse(429, 'rate_limited', 'Too many requests.'), { 'Retry-After': '1' })
  }
} as const satisfies Record<string, Fault>
