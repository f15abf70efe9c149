import { type AtomicUsdc, bursarErrorOf } from '@bursar/core'
import { type Replenish, short } from './auto-top-up.js'
import { type PrepaidDesk, parse } from './desk.js'
import type { ParsedRule } from './top-up-rule.js'

/** How often a call may wait for top-ups of others, which others may then use up. It causes one itself. */
const MAX_SENDS = 4
/** How often the balance is looked at for a rule that tops up ahead. */
const LOOK_EVERY_MS = 10_000
/** Placeholder keys that SDKs insist on: not a credential, and not to be taken for one. */
const placeholder = /^Bearer x402$/i

/** Builds the fetch that is paid from a prepaid balance. */
export function spender(desk: PrepaidDesk, rule: ParsedRule | undefined, replenish: Replenish | undefined) {
  let lookedAtMs = Number.NEGATIVE_INFINITY

  async function topUpAhead(): Promise<void> {
    const nowMs = desk.clock.nowMs()
    if (rule?.below === undefined || !replenish || nowMs - lookedAtMs < LOOK_EVERY_MS) return
    lookedAtMs = nowMs
    try {
      if ((await desk.balance()) < rule.below) await replenish(nowMs, undefined)
    } catch (error) {
      // What is there may do for this call. Where money is out, the caller must know.
      if (bursarErrorOf(error)?.moneyState !== 'none') throw error
    }
  }

  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init)
    const body = request.body === null ? undefined : await request.arrayBuffer()
    await topUpAhead()
    let missing: AtomicUsdc | undefined
    let hasPaid = false
    for (let sends = 0; sends < MAX_SENDS; sends++) {
      const sentAtMs = desk.clock.nowMs()
      const answer = await send(desk, request, body)
      const shortfall = await readShortfall(desk, answer)
      if (!shortfall) return answer
      missing = shortfall.missing
      if (!replenish) throw short(desk, missing, 'no rule allows it')
      if (hasPaid) break
      hasPaid = (await replenish(sentAtMs, missing)) === 'paid'
    }
    throw short(desk, missing, 'it was, and the call still costs more than there is')
  }
}

/** The proof goes to its own origin; a redirect is not followed, so that it goes nowhere else. */
async function send(desk: PrepaidDesk, request: Request, body: ArrayBuffer | undefined): Promise<Response> {
  const { name, value } = (await desk.prover.prove(request.url)).headerFor(request.url)
  const headers = new Headers(request.headers)
  if (placeholder.test(headers.get('authorization') ?? '')) headers.delete('authorization')
  headers.set(name, value)
  return desk.plainFetch(request.url, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
    redirect: 'error',
    credentials: 'omit',
    signal: request.signal
  })
}

/** Whether a 402 says that the balance falls short. The answer is left to be read when it says something else. */
async function readShortfall(
  { service }: PrepaidDesk,
  answer: Response
): Promise<{ readonly missing: AtomicUsdc } | undefined> {
  if (answer.status !== 402) return undefined
  const missing = service.shortfall(answer.headers, parse(await answer.clone().text()))
  if (missing === undefined) return undefined
  await answer.body?.cancel()
  return { missing }
}
