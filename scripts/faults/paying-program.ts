import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { LedgerPlace, Stage } from './stage.js'

/** What came of a call: an answer, or an error. */
export interface Bought {
  readonly status?: number
  readonly resumed?: boolean
  readonly code?: string
  readonly moneyState?: string
}

/** Who pays, and with what. */
export interface PayerOptions {
  readonly ledger: LedgerPlace
  readonly evmKey: string
  readonly limits: object
  /** What the program is started with, such as `unshare`. */
  readonly wrapper?: readonly string[]
}

const program = fileURLToPath(new URL('payer.mjs', import.meta.url))

/** A program that pays, in a process of its own. */
export class PayingProgram {
  readonly #child: ChildProcess
  readonly #gatewayUrl: string
  readonly #waiting = new Map<number, (bought: Bought) => void>()
  readonly #gone: Promise<unknown>
  readonly #ready: Promise<number>
  #calls = 0

  constructor({ base, gateway }: Stage, { wrapper = [], ...options }: PayerOptions) {
    const [command = process.execPath, ...args] = [...wrapper, process.execPath, program]
    const told = { ...options, rpcUrls: { 'eip155:8453': base.rpcUrl } }
    this.#gatewayUrl = gateway.url
    this.#child = spawn(command, args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, FAULTS_PAYER: JSON.stringify(told) },
      stdio: ['pipe', 'pipe', 'inherit']
    })
    this.#gone = once(this.#child, 'exit')
    this.#ready = this.#listen()
  }

  /** Resolves once it can pay. @returns its number as a process, as it sees it itself. */
  ready(): Promise<number> {
    return this.#ready
  }

  /** Has it buy a report. The same name is the same call. @param fault with which the server answers. */
  async buy(name: string, fault?: string): Promise<Bought> {
    await this.#ready
    const id = ++this.#calls
    const url = `${this.#gatewayUrl}/standard/v2/report?usdc=0.01&name=${encodeURIComponent(name)}`
    const headers = fault === undefined ? {} : { 'X-Gateway-Fault': fault }
    const bought = new Promise<Bought>((resolve) => this.#waiting.set(id, resolve))
    this.#child.stdin?.write(`${JSON.stringify({ id, url, headers })}\n`)
    return bought
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#gone
  }

  /** Lets it end what it does, and end. */
  async stop(): Promise<void> {
    this.#child.stdin?.end()
    await this.#gone
  }

  #listen(): Promise<number> {
    const { stdout } = this.#child
    if (!stdout) throw new TypeError('The program has no output')
    return new Promise((resolve, reject) => {
      createInterface({ input: stdout }).on('line', (line) => {
        const { ready, id, ...bought } = JSON.parse(line) as Bought & { ready?: number; id?: number }
        if (ready !== undefined) resolve(ready)
        if (id !== undefined) this.#waiting.get(id)?.(bought)
      })
      void this.#gone.then(() => {
        reject(new TypeError('The program ended before it could pay'))
        for (const answer of this.#waiting.values()) answer({ code: 'the program is gone' })
      })
    })
  }
}
