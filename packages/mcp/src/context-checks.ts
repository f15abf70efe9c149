import {
  checkClock,
  checkFunction,
  checkObject,
  checkOptions,
  checkText,
  listOf,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  optionsOf
} from '@bursar/core'
import { limitsChecks } from '@bursar/fetch'
import type { BridgeContext } from './bridge/bridge-context.js'
import type { McpContext } from './context.js'
import { toolNames } from './tools/tool-names.js'

const MIN_SECRET_LENGTH = 8

/** A secret is in no message. */
const checkSecret: OptionCheck = (value, path) => {
  if (typeof value !== 'string' || value.length < MIN_SECRET_LENGTH)
    throw new TypeError(`${path} must be text of at least ${MIN_SECRET_LENGTH} characters (it is not shown)`)
}

const contextChecks: OptionChecks<McpContext> = {
  bursar: checkObject,
  katana: checkObject,
  ledger: checkObject,
  limits: optionsOf(limitsChecks),
  currentLimits: checkFunction,
  files: checkObject,
  clock: checkClock,
  newId: checkFunction,
  journal: checkObject,
  textBilling: oneOf('auto', 'direct', 'wallet'),
  pictures: oneOf('auto', 'always', 'never'),
  input: checkText,
  secrets: listOf(checkSecret),
  onSaved: checkFunction,
  tools: listOf(oneOf(...toolNames)),
  confirmation: checkObject
}

const bridgeChecks: OptionChecks<BridgeContext> = {
  bursar: checkObject,
  server: checkObject,
  ledger: checkObject,
  limits: optionsOf(limitsChecks),
  currentLimits: checkFunction,
  clock: checkClock,
  newId: checkFunction,
  journal: checkObject,
  confirmation: checkObject,
  secrets: listOf(checkSecret)
}

const required = ['bursar', 'katana', 'ledger', 'limits', 'files', 'clock', 'newId'] as const

/** @throws {TypeError} that names what is missing, unknown or malformed. */
export function assertContext(context: McpContext): void {
  checkOptions(context, contextChecks)
  assertGiven(context, required)
}

/** @throws {TypeError} that names what is missing, unknown or malformed. */
export function assertBridge(context: BridgeContext): void {
  checkOptions(context, bridgeChecks)
  assertGiven(context, ['bursar', 'server', 'ledger', 'limits', 'clock', 'newId'])
}

/** A program in JavaScript may leave out what is required. @throws {TypeError} */
export function assertGiven<Options>(options: Options, names: readonly (keyof Options & string)[]): void {
  for (const name of names)
    if (options[name] === undefined) throw new TypeError(`${name} is required to serve tools`)
}
