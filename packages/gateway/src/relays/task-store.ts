import { BoundedMap } from '@bursar/core/bounded-map'
import type { GatewayRuntime } from '../runtime.js'

/** A task that a relay has accepted. Its stage follows from the time. */
export interface Task {
  readonly id: string
  readonly model: string
  /** The API key that was billed. */
  readonly owner: string
  /** Unix milliseconds. */
  readonly createdAtMs: number
  readonly endsAtMs: number
  /** Why it fails. Undefined when it does not. */
  readonly failure?: string
  readonly url: string
  readonly costMicroUsd: bigint
}

/** How far a task has come. */
export type TaskStage = 'queued' | 'running' | 'done' | 'failed'

const MAX_TASKS = 10_000
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The tasks of all relays. */
export class TaskStore {
  readonly #tasks = new BoundedMap<string, Task>(MAX_TASKS)
  readonly #runtime: GatewayRuntime
  readonly #taskMs: number

  /** @param taskMs milliseconds from a task's submission to its end. */
  constructor(runtime: GatewayRuntime, taskMs: number) {
    this.#runtime = runtime
    this.#taskMs = taskMs
  }

  /** Unix milliseconds at which a task that begins now ends. */
  get endsAtMs(): number {
    return this.#runtime.nowMs() + this.#taskMs
  }

  /** @param prefix of the id. 32 characters follow it (OpenClaw 44). */
  add(prefix: string, task: Omit<Task, 'id' | 'createdAtMs' | 'endsAtMs'>): Task {
    const characters = [...this.#runtime.random(32)].map((byte) => alphabet[byte % alphabet.length])
    const id = prefix + characters.join('')
    const added = { ...task, id, createdAtMs: this.#runtime.nowMs(), endsAtMs: this.endsAtMs }
    this.#tasks.set(id, added)
    return added
  }

  /** Finds a task of an owner. The tasks of others are not found. */
  find(id: string, owner: string): Task | undefined {
    const task = this.#tasks.get(id)
    return task?.owner === owner ? task : undefined
  }

  stageOf({ createdAtMs, endsAtMs, failure }: Task): TaskStage {
    const nowMs = this.#runtime.nowMs()
    if (nowMs >= endsAtMs) return failure === undefined ? 'done' : 'failed'
    return nowMs < (createdAtMs + endsAtMs) / 2 ? 'queued' : 'running'
  }
}

/** A prompt that contains the word "fail" makes its task fail. */
export function failureOf(prompt: string): { readonly failure?: string } {
  return /\bfail\b/i.test(prompt) ? { failure: 'The prompt asked for a failure' } : {}
}
