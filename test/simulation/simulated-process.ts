import type { Ledger } from '@bursar/core'
import { type Bursar, createPayingFetch } from '@bursar/fetch'
import { ledgerOn, type Store } from '@bursar/ledger/driver'
import { walletAddress } from './answers.js'
import { SELLERS } from './intent.js'
import type { Mutant } from './mutant.js'
import { MAX_PAYMENT } from './plan.js'
import { type Machine, SimulatedClock } from './simulated-clock.js'
import type { Client, SimulatedDatabase } from './simulated-database.js'
import { SimulatedPayer } from './simulated-payer.js'
import type { SimulatedServer } from './simulated-server.js'
import { SimulatedStore } from './simulated-store.js'
import { tracedLedger } from './traced-ledger.js'
import type { World } from './world.js'

/** What a process is started with. */
export interface ProcessParts {
  readonly world: World
  readonly server: SimulatedServer
  readonly database: SimulatedDatabase
  readonly machine: Machine
  readonly name: string
  readonly mutant: Mutant
}

/**
 * One life of a program that pays. Once it has crashed nothing of it happens any more; what starts in its place is another.
 */
export class SimulatedProcess implements Client {
  readonly name: string
  readonly machine: Machine
  readonly clock: SimulatedClock
  readonly crashed: Promise<'crashed'>
  /** To be asked, not to be paid with. */
  readonly ledger: Ledger
  isAlive = true
  pausedUntilMs = 0
  readonly #parts: ProcessParts
  /** By wallet: its clients, which share the process's one store. */
  readonly #bursars: readonly (readonly Bursar[])[]
  #tellCrash: (crashed: 'crashed') => void = () => {}

  constructor(parts: ProcessParts) {
    this.#parts = parts
    const { world, machine, name, database, mutant } = parts
    this.name = name
    this.machine = machine
    this.clock = new SimulatedClock(world.scheduler, this, machine)
    this.crashed = new Promise((resolve) => {
      this.#tellCrash = resolve
    })
    const session = { database, client: this, clock: this.clock, session: `session of ${name}` }
    const store = mutant.store(new SimulatedStore(session))
    this.ledger = ledgerOn(store)
    const note = (what: string): void => world.scheduler.note(this, what)
    const traced = (over: Store): Ledger => tracedLedger(ledgerOn(over), note)
    this.#bursars = Array.from({ length: world.plan.wallets }, (_, wallet) =>
      Array.from({ length: world.plan.clients }, () => this.#openClient(wallet, mutant.ledger(traced(store))))
    )
  }

  nowMs(): number {
    return this.clock.nowMs()
  }

  /** One of the clients that pay from a wallet. */
  clientOf(wallet: number): Bursar {
    return this.#parts.world.chance.pick(this.#bursars[wallet] ?? [])
  }

  pause(ms: number): void {
    this.pausedUntilMs = this.#parts.world.scheduler.nowMs + ms
  }

  crash(): void {
    this.isAlive = false
    this.#parts.database.abandon(this)
    this.#tellCrash('crashed')
  }

  #openClient(wallet: number, ledger: Ledger): Bursar {
    const { world, server, mutant } = this.#parts
    const { plan, chance } = world
    const { total, hour, perHost, perAgent } = plan.limits
    const address = walletAddress(plan.family, wallet)
    const payer = mutant.payer(new SimulatedPayer({ world, process: this, address }), this.clock)
    const verify = async (reference: string): Promise<string | undefined> =>
      world.chain.hasSettled(reference) ? undefined : 'the chain does not have it'
    return createPayingFetch({
      payers: [payer],
      ledger,
      fetch: server.fetchFor({ process: this, wallet: address }),
      clock: this.clock,
      random: (length) => Uint8Array.from({ length }, () => chance.below(256)),
      inFlight: plan.inFlight,
      offers: plan.offers,
      limits: {
        payment: MAX_PAYMENT,
        total,
        hour,
        perHost: { total: perHost },
        perLabel: { agent: { total: perAgent } }
      },
      allow: {
        ...(plan.pinsPayee ? { payees: 'pin' } : {}),
        // To names that no list has, a redirect is followed and not paid.
        ...(plan.leads ? { hosts: SELLERS } : {})
      },
      ...(plan.maxPriceIncrease === undefined ? {} : { maxPriceIncrease: plan.maxPriceIncrease }),
      ...(plan.verifies
        ? { verifyReceipt: (_purchase, transaction = '') => verify(transaction.replace(/^tx-/, '')) }
        : {}),
      resend: { times: 1, backoffMs: 200 },
      timeouts: { beforePaymentMs: 30_000, afterPaymentMs: 60_000, idleBodyMs: 30_000 },
      resumeWindowMs: plan.resumeWindowMs
    })
  }
}
