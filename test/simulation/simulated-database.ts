import type { Contents } from './contents.js'
import { Draft, type Reader } from './draft.js'
import { type Owner, world } from './scheduler.js'
import type { Machine } from './simulated-clock.js'
import { slowly } from './slowly.js'
import type { World } from './world.js'
import { WriterLock } from './writer-lock.js'

/** A process that has the file, or the database, open. */
export interface Client extends Owner {
  readonly machine: Machine
  /** By its own clock. */
  nowMs(): number
}

/** What does not work while the store is out of order. */
export type Outage = 'everything' | 'writes'

/** The store did not do it; or, where that is unclear, it may have. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
  readonly isUnclear: boolean

  constructor(message: string, isUnclear = false) {
    super(message)
    this.isUnclear = isUnclear
  }
}

/** How a transaction is run. */
export interface Transacting<Value> {
  readonly session: string
  readonly isDurable: boolean
  run(draft: Draft): Promise<Value>
}

/** One file or one database that every process shares, with all that can go wrong with it. */
export class SimulatedDatabase {
  readonly contents: Contents
  outage: Outage | undefined
  readonly #world: World
  /** Of the database's own machine. A file has the time of whoever writes. */
  readonly #machine: Machine = { name: 'database', skewMs: 0 }
  readonly #lock: WriterLock<Client>
  readonly #clients = new Map<string, Client>()

  constructor(given: World, contents: Contents) {
    this.#world = given
    this.contents = contents
    this.#lock = new WriterLock(given.scheduler)
  }

  get machine(): Machine {
    return this.#machine
  }

  /** A session of a process begins. */
  register(session: string, client: Client): void {
    this.#clients.set(session, client)
  }

  /** A process is gone: what it had begun is rolled back. */
  abandon(client: Client): void {
    const { scheduler, chance } = this.#world
    const occasion = { ms: chance.below(50), owner: world, what: `${client.name}'s connection is closed` }
    scheduler.after(occasion, () => this.#lock.release(client))
  }

  /** The power of everything fails: what was not synced is lost. */
  failPower(): void {
    if (this.#world.plan.store === 'file') this.contents.loseUnsynced()
  }

  /** Looks, without a transaction: between two statements others may write. */
  async read<Value>(client: Client, session: string, run: (draft: Draft) => Promise<Value>): Promise<Value> {
    await this.#reach(client, 'reads')
    const fails = this.outage === 'everything' || this.#world.faults.happens('read failed')
    if (fails) throw new StoreFailure('It cannot be read')
    return run(this.#slowly(client, new Draft(this.contents, this.#readerOf(client, session))))
  }

  /** Runs a transaction that no other writer comes between. */
  async transact<Value>(client: Client, { session, isDurable, run }: Transacting<Value>): Promise<Value> {
    await this.#reach(client, 'begins')
    if (this.outage) throw new StoreFailure('It cannot be written')
    if (!(await this.#lock.take(client))) throw new StoreFailure('It is locked')
    let draft: Draft
    let value: Value
    try {
      draft = new Draft(this.contents, this.#readerOf(client, session))
      value = await run(this.#slowly(client, draft))
    } catch (error) {
      this.#lock.release(client)
      throw error
    }
    await this.#commit(client, draft, isDurable)
    return value
  }

  /** What has been sent is carried out, whether or not who sent it is still there. */
  #commit(client: Client, draft: Draft, isDurable: boolean): Promise<void> {
    const { scheduler, watcher } = this.#world
    return new Promise((resolve, reject) => {
      const answer = (what: string, run: () => void): void =>
        void scheduler.after({ ms: this.#latency(), owner: client, what }, run)
      scheduler.after({ ms: this.#latency(), owner: world, what: `commits for ${client.name}` }, () => {
        const refusal = this.#refuseCommit(client)
        if (refusal) {
          this.#lock.release(client)
          return answer(`is told: ${refusal}`, () => reject(new StoreFailure(refusal)))
        }
        watcher.onCommit(draft.changes)
        this.contents.apply(draft.changes)
        this.#lock.release(client)
        if (this.#world.faults.happens('commit unclear'))
          return answer('is not told of its commit', () =>
            reject(new StoreFailure('The connection was cut', true))
          )
        if (isDurable || this.#world.plan.store === 'database') this.contents.sync()
        answer('is told of its commit', resolve)
      })
    })
  }

  #refuseCommit(client: Client): string | undefined {
    if (!this.#lock.isHeldBy(client)) return 'The transaction was ended'
    if (this.outage) return 'It cannot be written'
    return this.#world.faults.happens('commit refused') ? 'The commit was refused' : undefined
  }

  #readerOf(client: Client, session: string): Reader {
    const nowMs =
      this.#world.plan.store === 'file' ? client.nowMs() : this.#world.scheduler.nowMs + this.#machine.skewMs
    const isProcessGone = (id: string): boolean => {
      const other = this.#clients.get(id)
      return other !== undefined && other.machine === client.machine && !other.isAlive
    }
    return { session, nowMs, isProcessGone }
  }

  /** Only a database's statements take their way, one by one. */
  #slowly(client: Client, draft: Draft): Draft {
    const { plan, faults, scheduler } = this.#world
    if (plan.store === 'file' || !faults.happens('store slow')) return draft
    return slowly(draft, () =>
      scheduler.wait({ ms: this.#latency(), owner: client, what: 'has its statement run' })
    )
  }

  #reach(client: Client, what: string): Promise<void> {
    return this.#world.scheduler.wait({ ms: this.#latency(), owner: client, what })
  }

  #latency(): number {
    const { chance, plan, faults } = this.#world
    if (plan.store === 'file') return chance.below(3)
    return faults.happens('store slow') ? chance.below(4_000) : chance.below(10)
  }
}
