import { errorAnswer, withHeaders } from '../server/answer.js'
import type { Fault } from './fault.js'

/** What can go wrong with what was paid for. */
export const workFaults = {
  'credit-late': {
    leg: 'paid',
    does: 'settles a top-up, and credits it a second later (option `delayMs`)',
    bends: ({ options }) => ({ credit: 'late', delayMs: options.delayMs ?? 1000 })
  },
  'credit-never': {
    leg: 'paid',
    does: 'settles a top-up, says that it is credited, and never credits it',
    bends: () => ({ credit: 'never' })
  },
  'job-fails': {
    leg: 'any',
    does: 'charges for a job that then fails, and gives the charge back',
    bends: () => ({ job: 'fails' })
  },
  'job-stays-pending': {
    leg: 'any',
    does: 'charges for a job that never ends',
    bends: () => ({ job: 'pending' })
  },
  'assets-expired': {
    leg: 'any',
    does: 'makes a job whose assets have expired when it is done',
    bends: () => ({ assets: 'expired' })
  },
  'usage-missing': {
    leg: 'any',
    does: 'writes a text and does not tell what was used, so that the whole reserve is kept',
    bends: () => ({ usage: 'missing' })
  },
  'proof-stale': {
    leg: 'unpaid',
    does: 'answers 401 as if the wallet proof were too old',
    onArrival: async () =>
      errorAnswer(401, 'invalid_wallet_proof', 'The wallet proof is refused: it is stale.')
  },
  'proof-of-another-wallet': {
    leg: 'unpaid',
    does: 'answers 403 as if the wallet proof were of another wallet',
    onArrival: async () =>
      errorAnswer(403, 'other_wallet', 'The proof is of another wallet than the one that is asked about.')
  },
  'rate-limited': {
    leg: 'any',
    does: 'answers 429 and asks for a second of patience, before anything is looked at',
    onArrival: async () =>
      withHeaders(errorAnswer(429, 'rate_limited', 'Too many requests.'), { 'Retry-After': '1' })
  }
} as const satisfies Record<string, Fault>
