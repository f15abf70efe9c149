import { type BursarError, bursarErrorOf } from '@bursar/core'
import type { Bursar } from 'bursar'
import type { Env } from '../io.js'
import { serviceEndpoint } from './service-endpoint.js'

/** What is left on the account of a key. */
export interface ServiceAccount {
  readonly service: string
  /** Decimal, in `unit`; absent when it could not be read, or the key has no bound. */
  readonly left?: string
  readonly unit: 'credits' | 'USD'
  readonly error?: BursarError
}

/** Reads what is left on the account of every key that the environment has. TokenHub documents no way to ask. */
export async function readServiceAccounts(bursar: Bursar, env: Env): Promise<readonly ServiceAccount[]> {
  const { KATANA_API_KEY: katana, OPENCLAW_API_KEY: openclaw, TOKENHOT_API_KEY: tokenhot } = env
  const found = await Promise.all([
    katana && read('katana', 'credits', () => creditsAt(bursar, env, katana)),
    openclaw &&
      read('openclaw', 'USD', () => dollarsAt(bursar, env, { service: 'openclaw', apiKey: openclaw })),
    tokenhot &&
      read('tokenhot', 'USD', () => dollarsAt(bursar, env, { service: 'tokenhot', apiKey: tokenhot }))
  ])
  return found.filter((account) => typeof account === 'object')
}

async function read(
  service: string,
  unit: ServiceAccount['unit'],
  ask: () => Promise<string | undefined>
): Promise<ServiceAccount> {
  try {
    const left = await ask()
    return { service, unit, ...(left === undefined ? {} : { left }) }
  } catch (thrown) {
    const error = bursarErrorOf(thrown)
    if (error) return { service, unit, error }
    throw thrown
  }
}

async function creditsAt(bursar: Bursar, env: Env, apiKey: string): Promise<string> {
  const { createKatana } = await import('bursar/katana')
  const katana = createKatana(bursar, { ...serviceEndpoint(env, 'katana', undefined), apiKey })
  return (await katana.account.balance()).credits
}

async function dollarsAt(
  bursar: Bursar,
  env: Env,
  { service, apiKey }: { readonly service: 'openclaw' | 'tokenhot'; readonly apiKey: string }
): Promise<string | undefined> {
  const options = { ...serviceEndpoint(env, service, undefined), apiKey }
  const { remainingUsd } =
    service === 'openclaw'
      ? await (await import('bursar/openclaw')).createOpenClaw(bursar, options).balance()
      : await (await import('bursar/tokenhot')).createTokenhot(bursar, options).balance()
  return remainingUsd
}
