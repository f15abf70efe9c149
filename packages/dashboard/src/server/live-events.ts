import type { ServerResponse } from 'node:http'
import { atomicUsdc, type Budget, type Ledger } from '@bursar/core'
import { purchaseRow } from '../snapshot/purchase-row.js'
import { beginEvents } from './respond.js'

/** How often the ledger is looked at while a page is open: other processes write to it, too. */
const POLL_MS = 1_500
/** How many of the newest purchases are compared. */
const MAX_WATCHED = 50
/** How many pages may watch at once. */
const MAX_WATCHERS = 32
const MAX_UNREAD_BYTES = 1024 * 1024

const all = { name: '', limit: atomicUsdc(0n) }
/** Every purchase moves one of these, or is outstanding for a while. Purchases without this label are all there are. */
const sums: readonly Budget[] = [
  all,
  { ...all, isTest: true },
  { ...all, label: { name: 'bursar:none', value: '' } }
]

/** Tells open pages what happens on the ledger. While no page is open it looks at nothing. */
export class LiveEvents {
  readonly #ledger: Ledger
  readonly #nowMs: () => number
  readonly #watchers = new Set<ServerResponse>()
  #isRunning = false
  /** Ends the pause between two looks. */
  #wake = (): void => {}
  /** What the ledger looked like, without its purchases. */
  #mark = ''
  /** Whether pages were told that the ledger cannot be read. */
  #hasFailed = false
  /** States by id. */
  #known: ReadonlyMap<string, string> | undefined

  constructor(ledger: Ledger, nowMs: () => number) {
    this.#ledger = ledger
    this.#nowMs = nowMs
  }

  /** Keeps a page informed until it is closed. @returns whether there is room for it. */
  watch(response: ServerResponse): boolean {
    if (this.#watchers.size >= MAX_WATCHERS) return false
    beginEvents(response)
    response.write('retry: 1000\n\nevent: hello\ndata: {}\n\n')
    this.#watchers.add(response)
    response.once('close', () => this.#leave(response))
    if (!this.#isRunning) void this.#run()
    return true
  }

  /** Ends every page's events. */
  close(): void {
    for (const response of this.#watchers) response.end()
    this.#watchers.clear()
    this.#wake()
  }

  #leave(response: ServerResponse): void {
    this.#watchers.delete(response)
    if (this.#watchers.size === 0) this.#wake()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#watchers.size > 0) {
      await this.#look()
      if (this.#watchers.size > 0) await this.#pause()
    }
    this.#isRunning = false
    this.#known = undefined
    this.#mark = ''
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #look(): Promise<void> {
    try {
      const mark = await this.#readMark()
      // Also when nothing else changed: a page waits to hear that the ledger can be read again.
      if (mark !== this.#mark || this.#hasFailed) await this.#tell()
      this.#mark = mark
      this.#hasFailed = false
    } catch {
      this.#hasFailed = true
      this.#send('unreadable', {})
    }
  }

  /** A few look-ups, however many purchases there are. */
  async #readMark(): Promise<string> {
    const ledger = this.#ledger
    const [usage, outstanding, status] = await Promise.all([
      ledger.usage(sums),
      ledger.outstanding(),
      ledger.status()
    ])
    const open = outstanding.map(({ id, state }) => `${id} ${state}`)
    return JSON.stringify([usage.map(({ used }) => String(used)), open, status.frozen, status.restored])
  }

  /** Sends what differs from what was seen before. */
  async #tell(): Promise<void> {
    const states = new Map<string, string>()
    let rows = 0
    const changed: ReturnType<typeof purchaseRow>[] = []
    for await (const purchase of this.#ledger.history()) {
      const state = `${purchase.state} ${purchase.call}`
      states.set(purchase.id, state)
      if (this.#known && this.#known.get(purchase.id) !== state)
        changed.push(purchaseRow(purchase, this.#nowMs()))
      // Rows, not ids: one that comes twice must not make the look longer.
      if (++rows === MAX_WATCHED) break
    }
    if (this.#known || this.#hasFailed) this.#send('changed', { purchases: changed })
    this.#known = states
  }

  #send(event: string, data: unknown): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const response of this.#watchers) {
      // A page that takes nothing any more is let go; it comes back by itself.
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
      else response.write(text)
    }
  }
}
