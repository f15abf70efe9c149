import { FailedCall } from '../failed-call.js'
import { failureText } from '../failure-text.js'
import { boughtBy, runSpending } from '../run-spending.js'
import type { SpendingContext } from '../spending-context.js'
import type { ToolOutput } from '../tool-output.js'
import type { CallJournal } from './call-journal.js'
import { type CallIdentity, callKey } from './call-key.js'
import type { CallRecord, Outcome } from './call-record.js'
import type { RunTool } from './call-run.js'
import { HeldResults } from './held-results.js'
import { endedCall, type OpenCall } from './open-call.js'

/** How long the end of the server waits for calls to write down where they are. */
const STOP_MS = 1_000

/**
 * Calls of tools that spend. A call goes on whether or not somebody waits for it. An equal call takes it up until its result
 * was delivered: while it is under way, after it has ended, and after a restart of the server. Agents' hosts stop waiting and
 * call again, and must not buy twice.
 */
export class Calls {
  readonly #context: SpendingContext
  readonly #journal: CallJournal
  readonly #running = new Map<string, Promise<OpenCall>>()
  /** Results that are being sent, by the key of their calls. */
  readonly #delivering = new Map<string, Promise<void>>()
  readonly #stop = new AbortController()

  constructor(context: SpendingContext, journal: CallJournal) {
    this.#context = context
    this.#journal = new HeldResults(journal)
  }

  /** Makes a call, or takes the equal one up whose result nobody was given. @throws where the journal cannot be written. */
  begin(identity: CallIdentity, run: RunTool): Promise<OpenCall> {
    const key = callKey(identity)
    return this.#once(key, async () => {
      await this.#delivering.get(key)
      const { clock, newId } = this.#context
      const { agent, tool } = identity
      const fresh = { id: newId(), key, agent, tool, startedAtMs: clock.nowMs() }
      const record = await this.#journal.begin(fresh)
      return this.#open(record, { run, agent, isTakenUp: record !== fresh })
    })
  }

  /** Goes on with a call that bought a job, after a restart. */
  resume(record: CallRecord, agent: string, run: RunTool): Promise<OpenCall> {
    return this.#once(record.key, async () => this.#open(record, { run, agent, isTakenUp: true }))
  }

  /** Finds a call of an agent by its id, or by that of its job. @returns the open call, or its record alone when nothing runs. */
  async find(
    agent: string,
    name: string
  ): Promise<{ readonly record: CallRecord; readonly open?: OpenCall } | undefined> {
    const record = await this.#journal.find(name)
    if (record?.agent !== agent) return undefined
    const open = await this.#running.get(record.key)
    if (open?.record().id === record.id) return { record: open.record(), open }
    return record.outcome ? { record, open: endedCall(record, record.outcome) } : { record }
  }

  /**
   * A result is being sent. Once it was, an equal call is a new one.
   *
   * @param sent whether it was sent, as soon as that is known.
   */
  deliver(record: CallRecord, sent: Promise<boolean>): void {
    const { key } = record
    const end = async (): Promise<void> => {
      if (await sent) await this.#journal.deliver(record).catch(() => {})
    }
    const delivering = Promise.all([this.#delivering.get(key), end()]).then(() => {
      if (this.#delivering.get(key) === delivering) this.#delivering.delete(key)
    })
    this.#delivering.set(key, delivering)
  }

  /** Ends what is under way. What is signed is in the ledger, and an equal call goes on with it after the next start. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The server is ending'))
    const ends = [...this.#running.values()].map(async (open) => (await open).ended)
    const late = this.#context.clock.sleep(STOP_MS, undefined, { keepsAlive: false })
    await Promise.race([Promise.allSettled(ends), late])
  }

  #once(key: string, open: () => Promise<OpenCall>): Promise<OpenCall> {
    const running = this.#running.get(key)
    if (running) return running
    const opened = open()
    this.#running.set(key, opened)
    const forget = (): void => {
      if (this.#running.get(key) === opened) this.#running.delete(key)
    }
    opened.then(({ ended }) => ended).then(forget, forget)
    return opened
  }

  #open(record: CallRecord, started: StartedCall): OpenCall {
    if (record.outcome) return endedCall(record, record.outcome)
    let current = record
    const write = async (known: Partial<CallRecord>): Promise<void> => {
      current = { ...current, ...known }
      await this.#journal.update(current)
    }
    let onJob = (): void => {}
    const noted = new Promise<undefined>((resolve) => {
      onJob = () => resolve(undefined)
    })
    const noteJob = async (job: string, status: string | undefined): Promise<void> => {
      await write({ job, status })
      onJob()
    }
    const writing = { record: () => current, write, noteJob }
    const ended = this.#run(started, writing)
    return { record: writing.record, ended, hasJob: Promise.race([ended, noted]) }
  }

  async #run(started: StartedCall, writing: Writing): Promise<Outcome> {
    const { record, write } = writing
    try {
      const output = await runSpending(this.#context, record(), () => this.#makeOutput(started, writing))
      const { job, outcome } = record()
      // It can be had without this, so that a full disk is no failure of the call.
      await write({ outcome: { output } }).catch(() => {})
      // What cost nothing, and is therefore not kept, is asked for anew.
      if (job === undefined && outcome === undefined) await this.#journal.deliver(record()).catch(() => {})
      return { output }
    } catch (error) {
      return (await this.#madeElsewhere(started, record())) ?? this.#fail(record(), error, write)
    }
  }

  /** What was made and could not be written is the output all the same: it is paid for, and may not be had again. */
  async #makeOutput(started: StartedCall, writing: Writing): Promise<ToolOutput> {
    try {
      return await this.#runTool(started, writing)
    } catch (error) {
      const { outcome } = writing.record()
      if (outcome && 'output' in outcome) return outcome.output
      throw error
    }
  }

  async #runTool(
    { run, agent, isTakenUp }: StartedCall,
    { record, write, noteJob }: Writing
  ): Promise<ToolOutput> {
    const { id, status } = record()
    const job = isTakenUp ? (record().job ?? (await boughtBy(this.#context, record())).job) : undefined
    if (job !== undefined) await noteJob(job, status)
    return run({
      labels: { agent, call: id },
      signal: this.#stop.signal,
      job,
      noteJob,
      keep: (output) => write({ outcome: { output } })
    })
  }

  /**
   * What another process has of a call that failed here. Of several that run equal calls at once one buys, and the ledger says
   * to the others that it was paid.
   */
  async #madeElsewhere({ isTakenUp }: StartedCall, { id }: CallRecord): Promise<Outcome | undefined> {
    if (!isTakenUp) return undefined
    const found = await this.#journal.find(id).catch(() => undefined)
    return found?.outcome && 'output' in found.outcome ? found.outcome : undefined
  }

  /** A failure is kept where a job was bought. Else the ledger resumes what was signed, or nothing was bought. */
  async #fail(record: CallRecord, error: unknown, write: Writing['write']): Promise<Outcome> {
    const outcome = { failure: failureText(error) }
    const isOver = error instanceof FailedCall && error.job !== undefined
    if (this.#stop.signal.aborted) return outcome
    await (isOver ? write({ outcome }) : this.#journal.drop(record)).catch(() => {})
    return outcome
  }
}

interface StartedCall {
  readonly run: RunTool
  readonly agent: string
  /** Whether an earlier process, or an earlier run, began it. */
  readonly isTakenUp: boolean
}

interface Writing {
  /** The call as it is now. */
  record(): CallRecord
  /** Writes down what is known of the call. */
  write(known: Partial<CallRecord>): Promise<void>
  noteJob(job: string, status: string | undefined): Promise<void>
}
