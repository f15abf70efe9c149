import type { Clock, RandomBytes } from '@bursar/core'
import { BoundedMap } from '../server/bounded-map.js'

/** A task that a relay has taken. Its state follows from the time. */
export interface Task {
  readonly id: string
  readonly model: string
  /** The API key that it was billed to. */
  readonly owner: string
  /** Unix milliseconds. */
  readonly createdAtMs: number
  readonly endsAtMs: number
  /** Why it fails, if it does. */
  readonly failure?: string
  readonly url: string
  /** Millionths of a dollar. */
  readonly cost: bigint
}

/** How far a task is. */
export type TaskStage = 'queued' | 'running' | 'done' | 'failed'

const MAX_TASKS = 10_000
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Tasks of all relays. */
export class TaskStore {
  readonly #tasks = new BoundedMap<string, Task>(MAX_TASKS)
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #taskMs: number

  constructor(clock: Clock, random: RandomBytes, taskMs: number) {
    this.#clock = clock
    this.#random = random
    this.#taskMs = taskMs
  }

  /** When a task that begins now is done. Unix milliseconds. */
  get endsAtMs(): number {
    return this.#clock.nowMs() + this.#taskMs
  }

  /** @param prefix of its id, which 32 characters follow (OpenClaw 44). */
  add(prefix: string, task: Omit<Task, 'id' | 'createdAtMs' | 'endsAtMs'>): Task {
    const id = prefix + [...this.#random(32)].map((byte) => letters[byte % letters.length]).join('')
    const taken = { ...task, id, createdAtMs: this.#clock.nowMs(), endsAtMs: this.endsAtMs }
    this.#tasks.set(id, taken)
    return taken
  }

  /** A task, to whoever it was billed to; to others there is none. */
  find(id: string, owner: string): Task | undefined {
    const task = this.#tasks.get(id)
    return task?.owner === owner ? task : undefined
  }

  stageOf({ createdAtMs, endsAtMs, failure }: Task): TaskStage {
    const nowMs = this.#clock.nowMs()
    if (nowMs >= endsAtMs) return failure === undefined ? 'done' : 'failed'
    return nowMs < (createdAtMs + endsAtMs) / 2 ? 'queued' : 'running'
  }
}
