import { parseUsdc } from '@bursar/core'
import { type PolicyLayer, parsePolicy, parseSetting, type Setting } from '@bursar/policy'
import type { Env } from '../io.js'
import { readRates } from '../options/rates.js'
import { UsageError } from '../usage-error.js'
import { networkLayers } from './network-layers.js'
import { topUpServices } from './policy-flags.js'

/** What the environment says of the policy, each variable as a source of its own. @throws {UsageError} */
export function environmentLayers(env: Env): readonly PolicyLayer[] {
  const rates = Object.entries(readRates(env)).map(([symbol, value]) => ({ path: ['rates', symbol], value }))
  return [
    ...layer('BURSAR_SET', parseSettings(env.BURSAR_SET ?? '', 'BURSAR_SET')),
    ...layer('BURSAR_RATES', rates),
    ...ledgerLayer(env, 'BURSAR_LEDGER'),
    ...valueLayer(env, 'BURSAR_NOTIFY_URL', ['notify', 'url']),
    ...valueLayer(env, 'BURSAR_NOTIFY_SECRET_FILE', ['notify', 'secretFile']),
    ...eventsLayer(env, 'BURSAR_NOTIFY_EVENTS'),
    ...topUpLayer(env, 'BURSAR_TOPUP', 'amount'),
    ...topUpLayer(env, 'BURSAR_TOPUP_PER_DAY', 'perDay'),
    ...networkLayers('environment', env)
  ]
}

/** Settings with line breaks or semicolons between them. @throws {UsageError} */
function parseSettings(text: string, source: string): readonly Setting[] {
  const texts = text.split(/[;\n]/).filter((each) => each.trim() !== '')
  try {
    return texts.map((each) => parseSetting(each.trim())).reverse()
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`${source}: ${error.message}`, { cause: error }) : error
  }
}

function layer(name: string, settings: readonly Setting[]): readonly PolicyLayer[] {
  return settings.length === 0 ? [] : [{ source: 'environment', name, settings }]
}

/** A variable whose text is the value. */
function valueLayer(env: Env, name: string, path: readonly string[]): readonly PolicyLayer[] {
  const value = env[name]
  return value ? layer(name, [{ path, value }]) : []
}

/** The file or database of the record. What is wrong with it is told by the name of the variable. */
function ledgerLayer(env: Env, name: string): readonly PolicyLayer[] {
  const ledger = env[name]
  if (!ledger) return []
  try {
    parsePolicy({ ledger })
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`${name}: ${error.message}`, { cause: error }) : error
  }
  return layer(name, [{ path: ['ledger'], value: ledger }])
}

function eventsLayer(env: Env, name: string): readonly PolicyLayer[] {
  const text = env[name]
  if (!text) return []
  const value = text.split(',').map((event) => event.trim())
  return layer(name, [{ path: ['notify', 'events'], value }])
}

function topUpLayer(env: Env, name: string, field: 'amount' | 'perDay'): readonly PolicyLayer[] {
  const value = env[name]
  if (!value) return []
  try {
    parseUsdc(value)
  } catch (cause) {
    throw new UsageError(`${name} is not an amount of USDC, such as 1.00`, { cause })
  }
  return layer(
    name,
    topUpServices.map((service) => ({ path: ['topUp', service, field], value }))
  )
}
