import { atomicUsdc, type Budget, type Purchase } from '@bursar/core'
import { isHeld } from '@bursar/ledger/driver'
import { type Contents, referenceOf } from './contents.js'
import type { Population } from './population.js'
import { world as outside } from './scheduler.js'
import { EXPIRY_MARGIN_MS } from './simulated-chain.js'
import type { SimulatedProcess } from './simulated-process.js'
import type { World } from './world.js'

const HOUR_MS = 3_600_000
/** In this time a session has begun, and has resolved what others left. */
const OPENING_MS = 10_000

/** Times of blocks are whole seconds, and a block that was replaced comes later. */
const BLOCK_MARGIN_MS = 20_000

/** The longest authorization, and what clocks and blocks may differ. */
const overMs = (maxSkewMs: number): number => 300_000 + EXPIRY_MARGIN_MS + 4 * maxSkewMs + 60_000

/**
 * Waits until no authorization can settle any more, and has one process ask the chain about all that is out. Then the
 * ledger must say what the chain says, and an hour later nothing of it may count in the hour.
 *
 * @returns in what they do not agree, one sentence each.
 */
export async function comeToRest(
  world: World,
  population: Population,
  contents: Contents
): Promise<readonly string[]> {
  const { plan, scheduler } = world
  const ms = overMs(plan.maxSkewMs)
  await scheduler.wait({ ms, owner: outside, what: 'comes to rest' })
  const survivor = population.start()
  await scheduler.wait({ ms: OPENING_MS, owner: outside, what: 'what was only reserved is given back' })
  await survivor.clientOf(0).recover()
  const problems = [
    ...findDisagreements(world, contents),
    ...(await findMiscounted(world, survivor, contents))
  ]
  await scheduler.wait({ ms: HOUR_MS + ms, owner: outside, what: 'an hour has passed' })
  const inHour = await usedOf(survivor, { windowMs: HOUR_MS })
  return inHour === 0n ? problems : [...problems, `an hour later ${inHour} still count in the hour`]
}

/** In which purchases the ledger does not agree with the chain. */
function findDisagreements(world: World, contents: Contents): string[] {
  const { chain, watcher } = world
  const problems: string[] = []
  for (const { purchase } of contents.rows.values()) {
    const { id, state, labels } = purchase
    const { intent = '' } = labels
    const hasSettled = chain.hasSettled(referenceOf(purchase) ?? '')
    const about = `${id} for ${intent}`
    if (hasSettled && state !== 'settled') problems.push(`${about} has settled and is ${state}`)
    if (!hasSettled && state === 'settled' && !watcher.wasLiedTo(intent))
      problems.push(`${about} has not settled and is settled in the ledger`)
    if (isHeld(purchase)) problems.push(`${about} is held for ever as ${state}`)
    const earlyMs = countsEarlyMs(world, purchase)
    if (earlyMs > 0) problems.push(`${about} counts from ${earlyMs} ms before it settled`)
  }
  return problems
}

/** How long before it settled it counts in an hour. A seller whose receipts are believed may write one before that. */
function countsEarlyMs({ chain, plan }: World, purchase: Purchase): number {
  if (purchase.state !== 'settled' || !plan.verifies) return 0
  const { settledAtMs = 0 } = chain.get(referenceOf(purchase) ?? '') ?? {}
  const earlyMs = settledAtMs - purchase.countedAtMs
  return earlyMs > BLOCK_MARGIN_MS + 4 * plan.maxSkewMs ? earlyMs : 0
}

/** Whether the sums are what has settled, as far as the ledger was told the truth. */
async function findMiscounted(
  { chain }: World,
  survivor: SimulatedProcess,
  contents: Contents
): Promise<string[]> {
  const used = await usedOf(survivor, {})
  let settled = 0n
  for (const { purchase } of contents.rows.values())
    if (purchase.state === 'settled') settled += purchase.offer.cost
  let onChain = 0n
  for (const { settledAtMs, amountAtomic } of chain.all())
    if (settledAtMs !== undefined) onChain += amountAtomic
  if (used !== settled || used < onChain)
    return [
      `${used} are used of the budget, ${settled} have settled in the ledger and ${onChain} on the chain`
    ]
  return []
}

async function usedOf({ ledger }: SimulatedProcess, more: Pick<Budget, 'windowMs'>): Promise<bigint> {
  const [usage] = await ledger.usage([{ name: 'everything', limit: atomicUsdc(0n), ...more }])
  return usage?.used ?? 0n
}
