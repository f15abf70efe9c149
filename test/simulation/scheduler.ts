import type { Chance } from '../chance.js'
import { EventQueue, type QueuedEvent } from './event-queue.js'
import type { Trace } from './trace.js'

/** To whom an event belongs: to a process, or to the world around them. */
export interface Owner {
  readonly name: string
  /** Nothing of what is dead happens any more. */
  readonly isAlive: boolean
  /** Nothing of what is paused happens before. Milliseconds of the simulation. */
  readonly pausedUntilMs: number
}

/** What never dies: servers, chains, disks, networks. */
export const world: Owner = { name: 'world', isAlive: true, pausedUntilMs: 0 }

/** When something happens, to whom, and what it is called in the history. */
export interface Occasion {
  readonly ms: number
  readonly owner: Owner
  readonly what: string
}

interface ScheduledEvent extends QueuedEvent {
  atMs: number
  readonly owner: Owner
  readonly what: string
  readonly run: () => void
  isCancelled: boolean
}

/** Among so many events of one time, any comes first. */
const ORDERS = 1 << 20
/** So often the platform's own event loop has its turn, so that a test can be ended. */
const BREATHES_EVERY = 4_096

/** Lets every promise that can go on do so: Node runs a tick only when no microtask is left. */
const idle = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Time, and what happens next. Nothing happens but by an event, one after the other, so that one seed is one history.
 * Between two events the promises that can go on do, in JavaScript's own order.
 */
export class Scheduler {
  static readonly startMs = 1_700_000_000_000
  nowMs = Scheduler.startMs
  /** How many have happened. */
  events = 0
  /** Called before each event: it may end, or put off, to whom that belongs. */
  onEvent: (owner: Owner) => void = () => {}
  readonly #chance: Chance
  readonly #trace: Trace
  readonly #events = new EventQueue<ScheduledEvent>()

  constructor(chance: Chance, trace: Trace) {
    this.#chance = chance
    this.#trace = trace
  }

  /** Has something happen later, if its owner is still there by then. @returns what takes it back. */
  after({ ms, owner, what }: Occasion, run: () => void): () => void {
    const atMs = this.nowMs + Math.max(0, Math.ceil(ms))
    const event = { atMs, order: this.#chance.below(ORDERS), owner, what, run, isCancelled: false }
    this.#events.push(event)
    return () => {
      event.isCancelled = true
    }
  }

  /** Resolves later; for what is dead by then, never. */
  wait(occasion: Occasion): Promise<void> {
    return new Promise((resolve) => this.after(occasion, resolve))
  }

  /** Writes a line of the history. */
  note(owner: Owner, what: string): void {
    this.#trace.note(`${((this.nowMs - Scheduler.startMs) / 1000).toFixed(3)} ${owner.name} ${what}`)
  }

  /**
   * Runs until something is over, or nothing is left to happen.
   *
   * @throws {TypeError} when it takes more than so many events.
   */
  async runUntil(isOver: () => boolean, maxEvents: number): Promise<void> {
    await idle()
    for (let count = 1; !isOver(); count++) {
      const event = this.#events.pop()
      if (!event) return
      if (count > maxEvents) throw new TypeError(`It does not end within ${maxEvents} events`)
      if (!this.#run(event)) continue
      await (count % BREATHES_EVERY === 0 ? breathe() : idle())
    }
  }

  /** Whether anything came of the event. */
  #run(event: ScheduledEvent): boolean {
    const { owner, what, run } = event
    if (event.isCancelled || !owner.isAlive) return false
    this.onEvent(owner)
    if (!owner.isAlive) return true
    if (owner.pausedUntilMs > event.atMs) {
      event.atMs = owner.pausedUntilMs
      this.#events.push(event)
      return false
    }
    this.nowMs = event.atMs
    this.events++
    this.note(owner, what)
    run()
    return true
  }
}
