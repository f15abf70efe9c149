import {
  checkClock,
  checkFunction,
  checkObject,
  checkOptions,
  type OptionChecks,
  oneOf,
  optionsOf
} from '@bursar/core'
import { limitsChecks } from '@bursar/fetch'
import type { McpContext } from './context.js'

const contextChecks: OptionChecks<McpContext> = {
  bursar: checkObject,
  katana: checkObject,
  ledger: checkObject,
  limits: optionsOf(limitsChecks),
  files: checkObject,
  clock: checkClock,
  newId: checkFunction,
  journal: checkObject,
  textBilling: oneOf('auto', 'direct', 'wallet')
}

const required = ['bursar', 'katana', 'ledger', 'limits', 'files', 'clock', 'newId'] as const

/** @throws {TypeError} that names what is missing, unknown or malformed. */
export function assertContext(context: McpContext): void {
  checkOptions(context, contextChecks)
  assertGiven(context, required)
}

/** A program in JavaScript may leave out what is required. @throws {TypeError} */
export function assertGiven<Options>(options: Options, names: readonly (keyof Options & string)[]): void {
  for (const name of names)
    if (options[name] === undefined) throw new TypeError(`${name} is required to serve tools`)
}
