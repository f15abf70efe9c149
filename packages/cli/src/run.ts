import { CommanderError } from 'commander'
import type { Progress } from './context.js'
import { errorText } from './error-text.js'
import { exitCodes } from './exit-code.js'
import type { Io } from './io.js'
import { errorJson } from './json/error-json.js'
import { asksForJson, jsonOutput } from './json/json-output.js'
import { ledgerHint } from './ledger-hint.js'
import { endWhenInterrupted } from './process/end-when-interrupted.js'
import { guardTerminal } from './process/guard-terminal.js'
import { withWorkingLine } from './process/working-line.js'
import { createProgram } from './program.js'
import { wrapText } from './text/wrap-text.js'

/** How a command line ended. */
export interface CommandEnd {
  /** The exit code. */
  readonly code: number
  /** Whether it reserved money, so that what it printed tells of a payment. */
  readonly hasReserved: boolean
}

/**
 * Runs one command line. With `--json`, standard output holds a JSON document whatever happens: that of the verb, or the
 * error.
 *
 * @param argv without the names of node and of the command.
 * @param version of the command.
 * @returns how it ended.
 */
export async function run(argv: readonly string[], terminal: Io, version: string): Promise<CommandEnd> {
  const progress: Progress = {
    hasReserved: false,
    moneyAtStake: 'none',
    handlesInterrupts: false,
    exitCode: exitCodes.done,
    jsonForm: 'document'
  }
  const code = await runIn(progress, { argv, terminal, version })
  return { code, hasReserved: progress.hasReserved }
}

interface CommandLine {
  readonly argv: readonly string[]
  readonly terminal: Io
  readonly version: string
}

async function runIn(progress: Progress, { argv, terminal, version }: CommandLine): Promise<number> {
  const {
    io: shown,
    startLine,
    end
  } = showsWork(argv, terminal)
    ? withWorkingLine(terminal, progress)
    : { io: terminal, startLine: () => {}, end: () => {} }
  const io = guardTerminal(shown)
  const output = jsonOutput(io, asksForJson(argv))
  const report = (text: string): void => {
    startLine()
    io.err(wrapText(text, io.errColumns))
  }
  const ignoreInterrupts = endWhenInterrupted(progress, { err: report, output })
  try {
    await createProgram({ ...io, ...output }, version, progress).parseAsync([...argv], { from: 'user' })
    return progress.exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    // A question that was interrupted fails as well, and what that means has been said.
    if (progress.isInterrupted) return progress.exitCode
    const hint = await ledgerHint(error, progress)
    // Commander has written its own.
    if (!(error instanceof CommanderError)) report(errorText(error, hint))
    const document = errorJson(error, progress, hint)
    await output.fail(document, progress.jsonForm)
    return document.error.exitCode
  } finally {
    progress.atEnd?.()
    end()
    ignoreInterrupts()
  }
}

/** A line that is written over needs a terminal that can do that, and somebody who wants to see it. */
function showsWork(argv: readonly string[], { env, errColumns }: Io): boolean {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  return (
    errColumns !== undefined &&
    env.TERM !== 'dumb' &&
    !own.some((each) => each === '-q' || each === '--quiet')
  )
}
