import { type HttpResponse, withHeaders } from '../server/response.js'
import type { Fault, FaultContext } from './fault.js'

const SLOW_MS = 1000
const SIX_HOURS = 6 * 3600

/** What can go wrong with the transport of a request or response. */
export const transportFaults = {
  slow: {
    leg: 'any',
    summary:
      'waits a second (option `delayMs`) before looking at the request (`when: "settled"`: before answering)',
    onRequest: async ({ options, sleep }) => {
      if (options.when !== 'settled') await sleep(options.delayMs ?? SLOW_MS)
      return undefined
    },
    afterSettling: async (response, _challenge, { options, sleep }) => {
      if (options.when === 'settled') await sleep(options.delayMs ?? SLOW_MS)
      return response
    }
  },
  'redirect-to-other-origin': {
    leg: 'paid',
    requires: ['to'],
    summary: 'answers 307 to another origin (option `to`); a payment that came along is ignored',
    onRequest: async (context) => redirect(context)
  },
  'clock-far-off': {
    leg: 'any',
    summary:
      'has a clock that is six hours ahead (option `offsetSeconds`), in the Date header and in its checks',
    clockOffsetSeconds: ({ options }) => options.offsetSeconds ?? SIX_HOURS
  },
  'answer-cut': {
    leg: 'paid',
    summary: 'settles, and closes the connection in the middle of the body',
    afterSettling: async (response) => ({ ...response, delivery: 'cut' })
  },
  'response-header-malformed': {
    leg: 'paid',
    summary: 'settles, and answers with a PAYMENT-RESPONSE that cannot be read',
    afterSettling: async (response) => withHeaders(response, malformedReceipt(response))
  }
} as const satisfies Record<string, Fault>

function redirect({ target: request, options }: FaultContext): HttpResponse {
  if (options.to === undefined) throw new TypeError('redirect-to-other-origin needs the option "to"')
  const target = new URL(options.to)
  const isOrigin = target.pathname === '/' && target.search === ''
  const location = isOrigin ? `${target.origin}${request.path}${request.query}` : target.href
  return { status: 307, headers: { Location: location }, body: '' }
}

function malformedReceipt({ headers }: HttpResponse): Record<string, string> {
  const names = ['PAYMENT-RESPONSE', 'X-PAYMENT-RESPONSE'].filter((name) => name in headers)
  return Object.fromEntries(names.map((name) => [name, '{"success":tru']))
}
