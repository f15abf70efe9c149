import type { Command } from 'commander'
import { UsageError } from '../usage-error.js'

/** A request can have an empty body. */
const mayBeEmpty: ReadonlySet<string> = new Set(['--data', '--data-binary'])

/**
 * What is empty is a variable that is not set: it names no purchase, no file and no prompt.
 *
 * @throws {UsageError} that names the argument or the option of the command.
 */
export function assertNoneEmpty(command: Command): void {
  const empty = command.registeredArguments.find((_, index) => command.args[index]?.trim() === '')
  if (empty) throw emptyError(`<${empty.name()}>`)
  for (let at: Command | null = command; at; at = at.parent) assertNoEmptyOption(at)
}

function assertNoEmptyOption(command: Command): void {
  for (const option of command.options) {
    const { long } = option
    const given: unknown = command.getOptionValue(option.attributeName())
    if (long && !mayBeEmpty.has(long) && [given].flat().includes('')) throw emptyError(long)
  }
}

function emptyError(name: string): UsageError {
  return new UsageError(`${name} is empty. Nothing was done`)
}
