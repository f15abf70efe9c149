import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { expect, onTestFinished } from 'vitest'
import { exitRows } from '../src/contract/exit-texts.js'
import { isLineVerb } from '../src/contract/line-verbs.js'
import { exitsOf } from '../src/contract/verb-exits.js'
import { asksForJson } from '../src/json/json-output.js'
import { run } from '../src/run.js'
import { assertNothingElse } from './json-documents.js'

/** The outcome of a command line. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A command line that runs. */
export interface Running {
  readonly ended: Promise<Ended>
  /** What it has written by now. */
  out(): string
  err(): string
}

/** How a terminal on a stack differs from one without options. */
export interface StackTerminalOptions extends TerminalOptions {
  /** Decimal USDC of its wallet. Default: 5. */
  readonly funds?: string
}

/** How a test's terminal differs from a program without one. */
export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  /** What a person types, line by line, where the command asks. */
  readonly answers?: readonly string[]
  /** Called before bytes are written out. What it throws is why they cannot be. */
  readonly beforeWrite?: () => void
  /** Called with what is written to standard error. */
  readonly onError?: (text: string) => void
  /** Whether standard output was closed. */
  readonly isOutClosed?: boolean
}

/** A private key that nobody uses: the first of anvil's. */
export const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

/** The command in an empty home of its own. */
export function newTerminal(options: TerminalOptions = {}) {
  const { env = {}, columns, answers, beforeWrite, onError, isOutClosed } = options
  const home = mkdtempSync(join(tmpdir(), 'bursar-cli-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const lines = [...(answers ?? [])]
  const asked: string[] = []
  const ask = async (question: string): Promise<string> => {
    asked.push(question)
    return lines.shift() ?? ''
  }
  const start = (...argv: string[]): Running => {
    let [out, err] = ['', '']
    const io = {
      env: { BURSAR_HOME: home, NO_COLOR: '1', ...env },
      columns,
      out: (text: string) => {
        out += text
      },
      isOutClosed,
      write: async (bytes: Uint8Array) => {
        beforeWrite?.()
        out += new TextDecoder().decode(bytes)
      },
      err: (text: string) => {
        err += text
        onError?.(text)
      },
      ask: answers && ask
    }
    const ended = run(argv, io, '1.2.3').then(({ code }) => {
      assertDeclared(argv, { code, out, isTaken: beforeWrite === undefined })
      return { code, out, err }
    })
    return { ended, out: () => out, err: () => err }
  }
  const bursar = (...argv: string[]): Promise<Ended> => start(...argv).ended
  return { home, bursar, start, asked }
}

/** No verb ends with a code that its help does not list, or prints JSON that is not of its schema. */
function assertDeclared(
  argv: readonly string[],
  { code, out, isTaken }: Pick<Ended, 'code' | 'out'> & { readonly isTaken: boolean }
): void {
  const words = argv.filter((word) => /^[a-z-]+$/.test(word))
  const verb = [words.slice(0, 2).join(' '), words[0] ?? ''].find((name) => exitsOf(name))
  if (verb === undefined || argv.includes('--')) return
  expect(exitRows(exitsOf(verb)).map((row) => row.code)).toContain(code)
  // An output that takes nothing holds no document.
  if (!asksForJson(argv) || argv.includes('--help') || (out === '' && !isTaken)) return
  const documents = isLineVerb(verb) ? out.split('\n').slice(0, -1) : [out]
  for (const document of documents) assertNothingElse(verb, JSON.parse(document))
}

/** A terminal with the account of a new wallet on a stack, and the stack's services. */
export async function newStackTerminal(stack: Stack, options: StackTerminalOptions = {}) {
  const { funds = '5', env = {}, ...others } = options
  const wallets = await stack.newWallet(funds)
  const { BURSAR_HOME: _, ...shared } = wallets.env
  const address = wallets.base?.address ?? expect.unreachable()
  const terminal = newTerminal({ ...others, env: { ...shared, ...env } })
  return { ...terminal, address, key: wallets.base?.privateKey ?? '' }
}
