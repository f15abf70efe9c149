import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { McpServer } from '../../test/clients/programs/program.js'
import { runClient } from './run-client.js'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
/** The command, which is interrupted when its input ends. */
const command = ['--import', fileURLToPath(new URL('end-with-input.mjs', import.meta.url)), bin]

/** How texts are paid: each by a payment of its own, or from the prepaid balance, which a rule tops up. */
export const billings = ['direct', 'balance'] as const
/** One of {@link billings}. */
export type Billing = (typeof billings)[number]

const options: Readonly<Record<Billing, readonly string[]>> = {
  direct: [],
  balance: ['--topup', '2', '--topup-per-day', '40']
}

/** `bursar mcp`, as a client starts it. @param env as of the proxy, whose ledger it shares. */
export function payingTools(env: Record<string, string>): McpServer {
  return {
    command: process.execPath,
    args: [bin, 'mcp', '--max-amount', '0.1', '--limit', 'total=200'],
    env: withPath(env)
  }
}

/** A purchase, as `bursar history --json` has it. */
export interface HistoryRow {
  readonly kind: 'payment' | 'balance'
  readonly state: string
  readonly path: string
  /** Decimal USDC. */
  readonly amount: string
  readonly labels: Readonly<Record<string, string>>
}

/** `bursar proxy`, as users start it. */
export interface PayingProxy extends AsyncDisposable {
  readonly url: string
  readonly token: string
  /** The newest first. */
  history(): Promise<readonly HistoryRow[]>
  /** What the prepaid balance holds. Decimal USDC. */
  prepaid(): Promise<string>
  /** What it wrote for people. */
  log(): string
}

/**
 * Starts the proxy, which ends with this process at the latest.
 *
 * @param env the wallet, the service and the folder of the ledger.
 * @param total of all payments, in decimal USDC.
 */
export async function startPayingProxy(
  env: Record<string, string>,
  billing: Billing,
  total: string
): Promise<PayingProxy> {
  const limits = ['--max-amount', '10', '--limit', `total=${total}`]
  const args = [...command, 'proxy', '--port', '0', '--json', ...limits, ...options[billing]]
  const child = spawn(process.execPath, args, { env: withPath(env) })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const { agents = [] } = await firstLine(child, () => log)
  const [{ env: variables } = unstarted(log)] = agents
  return {
    url: variables.ANTHROPIC_BASE_URL,
    token: variables.ANTHROPIC_API_KEY,
    history: async () => linesOf(await run(env, 'history')),
    prepaid: async () => JSON.parse(await run(env, 'balance')).prepaid[0]?.usdc ?? '0',
    log: () => log,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill('SIGINT')
      await once(child, 'close')
    }
  }
}

/** What the proxy prints when it is there. */
interface Started {
  /** Absent where it did not start. */
  readonly agents?: readonly { readonly env: Record<'ANTHROPIC_BASE_URL' | 'ANTHROPIC_API_KEY', string> }[]
}

/** The agents and their variables, which are the first line of the output. */
function firstLine({ stdout }: ChildProcess, log: () => string): Promise<Started> {
  return new Promise((resolve, reject) => {
    let text = ''
    stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      if (text.includes('\n')) resolve(JSON.parse(text))
    })
    stdout?.on('close', () => reject(new Error(`bursar proxy did not start:\n${log()}`)))
  })
}

function unstarted(log: string): never {
  throw new Error(`bursar proxy has no agent:\n${log}`)
}

function linesOf(text: string): readonly HistoryRow[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

/** Runs a verb of the command beside the proxy. */
async function run(env: Record<string, string>, verb: string): Promise<string> {
  const { code, out, err } = await runClient({ program: process.execPath, args: [bin, verb, '--json'], env })
  if (code !== 0) throw new Error(`bursar ${verb} ended with ${code}:\n${out}${err}`)
  return out
}

function withPath(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', ...env }
}
