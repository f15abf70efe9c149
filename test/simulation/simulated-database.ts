import type { Contents } from './contents.js'
import { Draft } from './draft.js'
import type { Reader } from './reader.js'
import { type Owner, world } from './scheduler.js'
import type { Machine } from './simulated-clock.js'
import { slowly } from './slowly.js'
import type { World } from './world.js'
import { type Turn, WriterLock } from './writer-lock.js'

/** A process that has the file, or the database, open. */
export interface Client extends Owner {
  readonly machine: Machine
  /** By its own clock. */
  nowMs(): number
}

/** What does not work while the store is out of order. */
export type Outage = 'everything' | 'writes'

/** The store did not do it, or, of a commit, was not heard to. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
  /** It may be tried again: nothing was begun. */
  readonly isLocked: boolean

  constructor(message: string, isLocked = false) {
    super(message)
    this.isLocked = isLocked
  }
}

/** How a transaction is run. */
export interface Transacting<Value> {
  readonly session: string
  readonly isDurable: boolean
  /** Is written with it, so that the session can tell later whether it holds. */
  readonly number?: number
  run(draft: Draft): Promise<Value>
}

/** A transaction that is to be committed. */
interface Commit {
  readonly turn: Turn<Client>
  readonly draft: Draft
  readonly isDurable: boolean
}

/** For how long a transaction may stand still: then the database ends it. */
const MAX_STILL_MS = 3_000

/** One file or one database that every process shares, with all that can go wrong with it. */
export class SimulatedDatabase {
  readonly contents: Contents
  /** Of the database's own. A file has the time of whoever writes. */
  readonly machine: Machine = { name: 'database', skewMs: 0 }
  outage: Outage | undefined
  readonly #world: World
  readonly #lock: WriterLock<Client>
  readonly #clients = new Map<string, Client>()

  constructor(given: World, contents: Contents) {
    this.#world = given
    this.contents = contents
    this.#lock = new WriterLock(given.scheduler)
  }

  get kind(): 'file' | 'database' {
    return this.#world.plan.store
  }

  /** By the ledger's clock. */
  nowMs(client: Client): number {
    return this.kind === 'file' ? client.nowMs() : this.#world.scheduler.nowMs + this.machine.skewMs
  }

  /** A session of a process begins. */
  register(session: string, client: Client): void {
    this.#clients.set(session, client)
  }

  /** A process is gone: what it had begun is rolled back. */
  abandon(client: Client): void {
    this.#endLater(client, this.#world.chance.below(50))
  }

  /** A process stands still: what it had begun is rolled back when it does so for too long. */
  still(client: Client, ms: number): void {
    if (ms > MAX_STILL_MS && this.kind === 'database') this.#endLater(client, MAX_STILL_MS)
  }

  /** The power of everything fails: what was not synced is lost. */
  failPower(): void {
    if (this.kind === 'file') this.contents.loseUnsynced()
  }

  /** Looks at what is there at one moment. */
  async read<Value>(client: Client, session: string, run: (draft: Draft) => Promise<Value>): Promise<Value> {
    await this.#reach(client, 'reads')
    const fails = this.outage === 'everything' || this.#world.faults.happens('read failed')
    if (fails) throw new StoreFailure('It cannot be read')
    return run(
      this.#slowly(client, () => new Draft(this.contents.snapshot(), this.#readerOf(client, session)))
    )
  }

  /** Runs a transaction that no other writer comes between. */
  async transact<Value>(
    client: Client,
    { session, isDurable, number, run }: Transacting<Value>
  ): Promise<Value> {
    await this.#reach(client, 'begins')
    if (this.outage) throw new StoreFailure('It cannot be written', true)
    const turn = { client }
    if (!(await this.#lock.take(turn))) throw new StoreFailure('It is locked', true)
    const draft = new Draft(this.contents, this.#readerOf(client, session))
    const value = await run(this.#slowly(client, () => draft)).catch((error: unknown) => {
      this.#lock.release(turn)
      throw error
    })
    if (number !== undefined) draft.noteNumber(number)
    await this.#commit({ turn, draft, isDurable })
    return value
  }

  /** What has been sent is carried out, whether or not who sent it is still there, or still listens. */
  #commit(commit: Commit): Promise<void> {
    const { scheduler, faults, chance } = this.#world
    const { client } = commit.turn
    const isCut = this.kind === 'database' && faults.happens('commit unclear')
    const ms = isCut ? chance.below(3_000) : this.#latency()
    return new Promise((resolve, reject) => {
      const answer = (what: string, run: () => void): void =>
        void scheduler.after({ ms: this.#latency(), owner: client, what }, run)
      const fail = (why: string): void => answer(`is told: ${why}`, () => reject(new StoreFailure(why)))
      if (isCut) fail('The connection was cut')
      scheduler.after({ ms, owner: world, what: `commits for ${client.name}` }, () => {
        const failure = this.#carryOut(commit)
        if (isCut) return
        if (failure) fail(failure)
        else answer('is told of its commit', resolve)
      })
    })
  }

  /** Whether it holds. @returns what the client is told instead. */
  #carryOut({ turn, draft, isDurable }: Commit): string | undefined {
    const { watcher, faults, scheduler } = this.#world
    const isEnded = !this.#lock.isHeldBy(turn)
    const isRefused = isEnded || this.outage !== undefined || faults.happens('commit refused')
    if (!isRefused) {
      watcher.onCommit(draft.changes)
      this.contents.apply(draft.changes)
      for (const { purchase } of draft.changes.rows.values())
        scheduler.note(turn.client, `has written ${purchase.id}: ${purchase.state}, ${purchase.call}`)
    }
    this.#lock.release(turn)
    if (isRefused) return 'The commit was refused'
    // A file's commit is there for everybody, whether or not it could be synced.
    if (this.kind === 'file' && faults.happens('commit unclear')) return 'The disk did not sync'
    if (isDurable || this.kind === 'database') this.contents.sync()
    return undefined
  }

  #endLater(client: Client, ms: number): void {
    const occasion = { ms, owner: world, what: `what ${client.name} had begun is ended` }
    this.#world.scheduler.after(occasion, () => this.#lock.releaseAllOf(client))
  }

  #readerOf(client: Client, session: string): Reader {
    const isProcessGone = (id: string): boolean => {
      const other = this.#clients.get(id)
      return other !== undefined && other.machine === client.machine && !other.isAlive
    }
    const sharesClock = (id: string): boolean =>
      this.kind === 'database' || this.#clients.get(id)?.machine === client.machine
    return { session, nowMs: this.nowMs(client), isProcessGone, sharesClock }
  }

  /** Only a database's statements take their way, one by one. */
  #slowly(client: Client, open: () => Draft): Draft {
    const { faults, scheduler } = this.#world
    const draft = open()
    if (this.kind === 'file' || !faults.happens('store slow')) return draft
    const occasion = { ms: this.#latency(), owner: client, what: 'has its statement run' }
    return slowly(draft, () => scheduler.wait(occasion))
  }

  #reach(client: Client, what: string): Promise<void> {
    return this.#world.scheduler.wait({ ms: this.#latency(), owner: client, what })
  }

  #latency(): number {
    const { chance, faults } = this.#world
    if (this.kind === 'file') return chance.below(3)
    return faults.happens('store slow') ? chance.below(4_000) : chance.below(10)
  }
}
