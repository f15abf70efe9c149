import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOpenClaw } from 'bursar/openclaw'
import { onTestFinished } from 'vitest'
import { relaysUnderLimits } from './relays.js'

/** The key of the account that is billed. */
export const KEY = 'sk-local'

/** Limits that nothing here reaches. */
export const wide = { payment: '5', day: '100' }

/** A local OpenClaw, and a client of it. */
export async function shop(limits = wide, usd?: string) {
  const stand = await relaysUnderLimits(KEY, limits, usd)
  const { bursar, gateway } = stand
  const options = { apiKey: KEY, baseUrl: `${gateway.url}/relays/openclaw` }
  const folder = mkdtempSync(join(tmpdir(), 'bursar-openclaw-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { ...stand, options, folder, openclaw: createOpenClaw(bursar, options) }
}
