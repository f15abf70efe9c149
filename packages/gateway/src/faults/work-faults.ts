import { errorResponse, withHeaders } from '../server/response.js'
import type { Fault } from './fault.js'

/** What can go wrong with the work that was paid for. */
export const workFaults = {
  'credit-delayed': {
    leg: 'paid',
    summary: 'settles a top-up, and credits it a second later (option `delayMs`)',
    effects: ({ options }) => ({ credit: 'delayed', delayMs: options.delayMs ?? 1000 })
  },
  'credit-never': {
    leg: 'paid',
    summary: 'settles a top-up, reports that it is credited, and never credits it',
    effects: () => ({ credit: 'never' })
  },
  'job-fails': {
    leg: 'any',
    summary: 'charges for a job that then fails, and refunds the charge',
    effects: () => ({ job: 'fails' })
  },
  'job-stays-pending': {
    leg: 'any',
    summary: 'charges for a job that never ends',
    effects: () => ({ job: 'pending' })
  },
  'assets-expired': {
    leg: 'any',
    summary: 'makes a job whose assets have expired when it is done',
    effects: () => ({ assets: 'expired' })
  },
  'usage-missing': {
    leg: 'any',
    summary: 'writes a text without its usage, so that the whole reserve is charged',
    effects: () => ({ usage: 'missing' })
  },
  'usage-above-reserve': {
    leg: 'any',
    summary: 'reports more usage of a text than was reserved, so that the overage is charged as well',
    effects: () => ({ usage: 'above-reserve' })
  },
  'proof-stale': {
    leg: 'unpaid',
    summary: 'answers 401 as if the wallet proof were too old',
    onRequest: async () =>
      errorResponse(401, 'invalid_wallet_proof', 'The wallet proof is rejected: it is stale.')
  },
  'proof-of-another-wallet': {
    leg: 'unpaid',
    summary: 'answers 403 as if the wallet proof were of another wallet',
    onRequest: async () =>
      errorResponse(403, 'other_wallet', 'The proof is of another wallet than the one in the path.')
  },
  'rate-limited': {
    leg: 'any',
    summary: 'answers 429 with Retry-After: 1, before the request is read',
    onRequest: async () =>
      withHeaders(errorResponse(429, 'rate_limited', 'Too many requests.'), { 'Retry-After': '1' })
  }
} as const satisfies Record<string, Fault>
