import { CommanderError } from 'commander'
import type { CommandContext } from './context.js'
import { errorText } from './error-text.js'
import { exitCodeOf, exitCodes } from './exit-code.js'
import type { Io } from './io.js'
import { endWhenInterrupted } from './process/end-when-interrupted.js'
import { createProgram } from './program.js'

/**
 * Runs one command line.
 *
 * @param argv without the names of node and of the command.
 * @param version of the command.
 * @returns the exit code.
 */
export async function run(argv: readonly string[], io: Io, version: string): Promise<number> {
  const progress: CommandContext['progress'] = {
    hasReserved: false,
    moneyAtStake: 'none',
    handlesInterrupts: false,
    exitCode: exitCodes.done
  }
  const ignoreInterrupts = endWhenInterrupted(progress, io.err)
  try {
    await createProgram(io, version, progress).parseAsync([...argv], { from: 'user' })
    return progress.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    io.err(errorText(error, io.env))
    return exitCodeOf(error, progress)
  } finally {
    ignoreInterrupts()
  }
}
