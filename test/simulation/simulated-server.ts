import { decodeHeader, isJsonObject } from '@bursar/core'
import { brokenAnswer, challenge, payeeAddress, receipt } from './answers.js'
import { AskedPrices, isSamePrice } from './asked-prices.js'
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

/** What a server says with a price, and the payment that it refuses. */
interface Asking {
  readonly error: string
  readonly refused?: string
  /** How many times the usual price it asks. */
  readonly times?: bigint
}

type Reply = 'served' | 'refused' | 'asked otherwise' | 'free' | 'stale' | 'failed' | 'come again'

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
  readonly #asked = new AskedPrices()
  /** Where it has led to. */
  readonly #names = new Set<string>()

  constructor(world: World, intents: readonly Intent[]) {
    this.#world = world
    this.#intents = new Map(intents.map((intent) => [intent.name, intent]))
  }

  /** A fetch that leads here, from one client of a process. */
  fetchFor(sender: Sender): (url: string, init: RequestInit) => Promise<Response> {
    return (url, init) => {
      const headers = new Headers(init.headers)
      const intent = this.#intents.get(headers.get(INTENT_HEADER) ?? '')
      if (!intent) throw new TypeError('Nobody asks for this')
      const call = Number(headers.get(CALL_HEADER))
      const payment = headers.get('payment-signature')
      const answering =
        payment === null
          ? this.#answerUnpaid(sender, { intent: intent.name, call }, new URL(url))
          : this.#answerPaid(sender, { reference: referenceIn(payment), intent, call })
      return whileWanted(init.signal ?? undefined, answering)
    }
  }

  async #answerUnpaid(sender: Sender, mark: CallMark, url: URL): Promise<Response> {
    await this.#travel(sender.process, 'is asked for its price')
    if (this.#world.faults.happens('unpaid request lost')) throw neverPaid
    const away = this.#leadAway(url)
    if (away) return new Response(null, { status: 307, headers: { location: away } })
    if (this.#world.faults.happens('became free')) return new Response('here it is')
    return this.#challenge(mark, { error: 'pay' })
  }

  /** The place where a seller asks to be paid, if not where it was asked: each time another one. */
  #leadAway({ protocol, host, pathname }: URL): string | undefined {
    const { plan, chance } = this.#world
    if (!plan.leads || this.#names.has(host) || chance.below(2) === 0) return undefined
    const name = `n${this.#names.size}.${host}`
    this.#names.add(name)
    return `${protocol}//${name}/${name}${pathname}`
  }

  async #answerPaid({ process, wallet }: Sender, arrival: Arrival): Promise<Response> {
    const { watcher, scheduler, faults, chance } = this.#world
    watcher.onSent(arrival, wallet)
    const paid = this.#world.chain.get(arrival.reference)
    if (!paid || !this.#asked.wasAskedThere(arrival.intent, paid)) watcher.onNeverAsked(arrival)
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
    if (!this.#takes(arrival)) return this.#askOtherwise(arrival)
    if (!hadSettled && faults.happens('became free')) return 'free'
    if (plan.family === 'solana' && !hadSettled && faults.happens('blockhash stale')) return 'stale'
    if (faults.happens('settled late')) this.#later(chance.below(70_000), arrival)
    else if (!faults.happens('not settled')) this.#settle(arrival)
    if (faults.happens('server failed')) return 'failed'
    if (faults.happens('asked to come again')) return 'come again'
    if (faults.happens('refused though settled')) return 'refused'
    return chain.hasSettled(arrival.reference) || faults.happens('receipt false') ? 'served' : 'refused'
  }

  /** Whether it has settled, or pays what its call was asked, or what is usual at its place, which may have changed. */
  #takes({ intent, reference }: Arrival): boolean {
    const { chain, faults, plan, watcher } = this.#world
    const paid = chain.get(reference)
    if (!paid) throw new TypeError(`${reference} was never signed`)
    const usual = { amountAtomic: intent.priceAtomic, payTo: payeeAddress(plan.family, 0) }
    const takes =
      paid.settledAtMs !== undefined ||
      this.#asked.wasAsked(intent, paid) ||
      (isSamePrice(paid, usual) && !faults.happens('price changed'))
    if (takes) watcher.onTaken(reference)
    return takes
  }

  /** It is refused, and may be taken all the same. */
  #askOtherwise(arrival: Arrival): Reply {
    const { faults, chance } = this.#world
    if (faults.happens('settled late')) this.#later(chance.below(70_000), arrival)
    else if (faults.happens('refused though settled')) this.#settle(arrival)
    return 'asked otherwise'
  }

  #later(ms: number, arrival: Arrival): void {
    const occasion = { ms, owner: outside, what: `${arrival.reference} comes again` }
    this.#world.scheduler.after(occasion, () => this.#settle(arrival))
  }

  #settle(arrival: Arrival): void {
    const { chain, chance, watcher, faults, scheduler } = this.#world
    if (chain.haltedForMs > 0) this.#later(chain.haltedForMs + chance.below(10_000), arrival)
    if (!chain.settle(arrival.reference)) return
    scheduler.note(outside, `${arrival.reference} has settled for ${arrival.intent.name}`)
    watcher.onSettled(arrival)
    if (faults.happens('reorganization')) chain.reorganize(arrival.reference)
  }

  #answer(reply: Reply, { reference, intent, call }: Arrival): Response {
    const { faults, plan, chain, watcher, chance } = this.#world
    const isSettled = chain.hasSettled(reference)
    const isSilent =
      reply === 'asked otherwise' || faults.happens('receipt missing') || (reply !== 'served' && !isSettled)
    const headers = isSilent ? {} : receipt(plan.family, reference)
    if (!isSilent && !isSettled) watcher.onFalseReceipt(reference)
    const mark = { intent: intent.name, call }
    switch (reply) {
      case 'served':
        return faults.happens('answer cut') ? brokenAnswer(headers) : new Response('here it is', { headers })
      case 'free':
        return new Response('here it is')
      case 'asked otherwise':
        return this.#challenge(mark, {
          error: 'another price',
          refused: reference,
          times: chance.pick([1n, 2n])
        })
      case 'refused':
        return this.#challenge(mark, { error: 'not taken', refused: reference })
      case 'stale':
        return this.#challenge(mark, { error: 'Blockhash not found', refused: reference })
      case 'failed':
        return new Response('out of order', { status: 500 })
      case 'come again':
        return new Response('too many', { status: 429, headers })
    }
  }

  #challenge(mark: CallMark, { error, refused, times: usualTimes = 1n }: Asking): Response {
    const { faults, chance, plan, chain, watcher } = this.#world
    const intent = this.#intents.get(mark.intent)
    if (!intent) throw new TypeError('Nobody asks for this')
    const times = faults.happens('price increased') ? BigInt(chance.pick([2, 4])) : usualTimes
    const payee = faults.happens('payee moved') ? 1 : 0
    const amountAtomic = intent.priceAtomic * times
    const asked = { amountAtomic, payTo: payeeAddress(plan.family, payee) }
    this.#asked.note(intent, asked)
    watcher.onAsked(mark.call)
    const paid = refused === undefined ? undefined : chain.get(refused)
    if (paid && !isSamePrice(paid, asked)) watcher.onRefusedForAnother(paid.reference)
    return challenge({
      family: plan.family,
      intent,
      mark,
      amountAtomic,
      maxTimeoutSeconds: chance.pick([30, 60, 60, 300]),
      payee,
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
