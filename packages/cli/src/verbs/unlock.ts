import { systemClock } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { timeFormatter, zoneName } from '../text/time-text.js'
import { askAgent } from '../unlock/ask-agent.js'
import { holdKeys } from '../unlock/start-agent.js'
import { UsageError } from '../usage-error.js'
import { openKeyStore, payingWallet } from '../wallet/wallet-keys.js'

/** The options of `unlock`. */
export interface UnlockOptions {
  /** Milliseconds. */
  readonly for: number
  readonly json?: boolean
}

/** Has an agent hold what opens a wallet, for a time, so that commands need no passphrase. */
export async function unlock(
  context: CommandContext,
  name: string | undefined,
  { for: forMs, json }: UnlockOptions
): Promise<void> {
  const store = openKeyStore(context)
  const wallet = name ?? (await payingWallet(context, store))
  if (wallet === undefined) throw new UsageError('There is no wallet: bursar wallet create')
  await store.encryptionIds(wallet)
  const derived = await store.derive(wallet, await context.passphrases.get(wallet))
  const keys = Object.fromEntries(
    [...derived.entries()].map(([id, bytes]) => [id, Buffer.from(bytes).toString('hex')])
  )
  const request = { ask: 'hold', keys, forMs } as const
  await holdKeys(context.env, request)
  const untilMs = systemClock.nowMs() + forMs
  if (json) return context.out(`${JSON.stringify({ wallet, until: new Date(untilMs).toISOString() })}\n`)
  const until = `${timeFormatter(context)(untilMs)} ${zoneName(context)}`
  context.err(
    `${wallet} is unlocked until ${until}, or until bursar lock: every program of yours can pay from it.\n`
  )
}

/** Ends the agent, and with it all that is unlocked. */
export async function lock(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  const answer = await askAgent(context.env, { ask: 'lock' })
  const locked = (answer?.held ?? 0) > 0
  if (json) return context.out(`${JSON.stringify({ locked })}\n`)
  context.err(locked ? 'Locked.\n' : 'Nothing was unlocked.\n')
}
