import { decodeHeader, isJsonObject } from '@bursar/core'
import { brokenAnswer, challenge, receipt } from './answers.js'
import type { CallMark } from './call-mark.js'
import type { Intent } from './intent.js'
import { type Owner, world as outside } from './scheduler.js'
import type { Arrival } from './watched.js'
import { whileWanted } from './while-wanted.js'
import type { World } from './world.js'

/** Who sends a request: the process, which must be alive to be answered, and from which wallet it pays. */
export interface Sender {
  readonly process: Owner
  readonly wallet: string
}

type Reply = 'served' | 'refused' | 'stale' | 'failed' | 'come again'

/** The headers in which a caller says which call it is, and what for. They are no part of what makes calls equal. */
export const CALL_HEADER = 'x-call'
export const INTENT_HEADER = 'x-intent'

const neverPaid = new TypeError('fetch failed')

/**
 * Sellers that settle at once, later, or never, and answer, lose, refuse, fail, or cut what they answer, whatever they
 * did; on a line that loses, delays and delivers twice. Everything within their rights, and some of it not.
 */
export class SimulatedServer {
  readonly #world: World
  readonly #intents: ReadonlyMap<string, Intent>

  constructor(world: World, intents: readonly Intent[]) {
    this.#world = world
    this.#intents = new Map(intents.map((intent) => [intent.name, intent]))
  }

  /** A fetch that leads here, from one client of a process. */
  fetchFor(sender: Sender): (url: string, init: RequestInit) => Promise<Response> {
    return (_url, init) => {
      const headers = new Headers(init.headers)
      const intent = this.#intents.get(headers.get(INTENT_HEADER) ?? '')
      if (!intent) throw new TypeError('Nobody asks for this')
      const call = Number(headers.get(CALL_HEADER))
      const payment = headers.get('payment-signature')
      const answering =
        payment === null
          ? this.#answerUnpaid(sender, { intent: intent.name, call })
          : this.#answerPaid(sender, { reference: referenceIn(payment), intent, call })
      return whileWanted(init.signal ?? undefined, answering)
    }
  }

  async #answerUnpaid(sender: Sender, mark: CallMark): Promise<Response> {
    await this.#travel(sender.process, 'is asked for its price')
    if (this.#world.faults.happens('unpaid request lost')) throw neverPaid
    return this.#challenge(mark, 'pay')
  }

  async #answerPaid({ process, wallet }: Sender, arrival: Arrival): Promise<Response> {
    const { watcher, scheduler, faults, chance } = this.#world
    watcher.onSent(arrival, wallet)
    scheduler.note(process, `sends ${arrival.reference} for ${arrival.intent.name}`)
    const isLost = faults.happens('payment lost')
    let reply: Reply | undefined
    if (!isLost) {
      await this.#travel(outside, `${arrival.reference} comes to the server`)
      reply = this.#handle(arrival)
    }
    for (const kind of ['payment late', 'payment doubled'] as const)
      if (faults.happens(kind)) this.#later(chance.below(90_000), arrival)
    await this.#travel(process, `is answered: ${reply ?? 'nothing'}`)
    if (reply === undefined || faults.happens('answer lost')) throw new TypeError('fetch failed')
    if (faults.happens('answer late'))
      await scheduler.wait({ ms: chance.below(60_000), owner: process, what: 'is answered late' })
    return this.#answer(reply, arrival)
  }

  /** What the server does with a payment, and what it says to it. */
  #handle(arrival: Arrival): Reply {
    const { faults, chance, chain, plan } = this.#world
    const hadSettled = chain.hasSettled(arrival.reference)
    if (hadSettled && plan.refusesUsed) return 'refused'
    if (plan.family === 'solana' && !hadSettled && faults.happens('blockhash stale')) return 'stale'
    if (faults.happens('settled late')) this.#later(chance.below(70_000), arrival)
    else if (!faults.happens('not settled')) this.#settle(arrival)
    if (faults.happens('server failed')) return 'failed'
    if (faults.happens('asked to come again')) return 'come again'
    if (faults.happens('refused though settled')) return 'refused'
    return chain.hasSettled(arrival.reference) || faults.happens('receipt false') ? 'served' : 'refused'
  }

  #later(ms: number, arrival: Arrival): void {
    const occasion = { ms, owner: outside, what: `${arrival.reference} comes again` }
    this.#world.scheduler.after(occasion, () => this.#settle(arrival))
  }

  #settle(arrival: Arrival): void {
    const { chain, watcher, faults, scheduler } = this.#world
    if (!chain.settle(arrival.reference)) return
    scheduler.note(outside, `${arrival.reference} has settled for ${arrival.intent.name}`)
    watcher.onSettled(arrival)
    if (faults.happens('reorganization')) chain.reorganize(arrival.reference)
  }

  #answer(reply: Reply, { reference, intent, call }: Arrival): Response {
    const { faults, plan, chain, watcher } = this.#world
    const isSettled = chain.hasSettled(reference)
    const isSilent = faults.happens('receipt missing') || (reply !== 'served' && !isSettled)
    const headers = isSilent ? {} : receipt(plan.family, reference)
    if (!isSilent && !isSettled) watcher.onFalseReceipt(reference)
    switch (reply) {
      case 'served':
        return faults.happens('answer cut') ? brokenAnswer(headers) : new Response('here it is', { headers })
      case 'refused':
        return this.#challenge({ intent: intent.name, call }, 'not taken')
      case 'stale':
        return this.#challenge({ intent: intent.name, call }, 'Blockhash not found')
      case 'failed':
        return new Response('out of order', { status: 500 })
      case 'come again':
        return new Response('too many', { status: 429, headers })
    }
  }

  #challenge(mark: CallMark, error: string): Response {
    const { faults, chance, plan } = this.#world
    const intent = this.#intents.get(mark.intent)
    if (!intent) throw new TypeError('Nobody asks for this')
    const times = faults.happens('price increased') ? BigInt(chance.pick([2, 4])) : 1n
    return challenge({
      family: plan.family,
      intent,
      mark,
      amountAtomic: intent.priceAtomic * times,
      maxTimeoutSeconds: chance.pick([30, 60, 60, 300]),
      payee: faults.happens('payee moved') ? 1 : 0,
      error
    })
  }

  #travel(owner: Owner, what: string): Promise<void> {
    const { chance, faults, scheduler } = this.#world
    const ms = chance.below(faults.happens('slow network') ? 40_000 : 200)
    return scheduler.wait({ ms, owner, what })
  }
}

function referenceIn(header: string): string {
  const { payload } = decodeHeader('PAYMENT-SIGNATURE', header)
  if (isJsonObject(payload) && typeof payload.reference === 'string') return payload.reference
  throw new TypeError('The payment carries no reference')
}
