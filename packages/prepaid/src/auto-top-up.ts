import {
  type AtomicUsdc,
  atomicUsdc,
  BursarError,
  bursarErrorOf,
  formatUsdc,
  type Purchase,
  parseUsdc
} from '@bursar/core'
import type { PrepaidDesk } from './desk.js'
import { creditLate, topUp } from './top-up.js'
import type { ParsedRule } from './top-up-rule.js'

/** Whether a balance was topped up for this very call, or by somebody else meanwhile. */
export type Replenished = 'paid' | 'joined'

/** Tops a balance up for a call that was sent at a time and fell short by an amount, if that is known. */
export type Replenish = (sentAtMs: number, missing: AtomicUsdc | undefined) => Promise<Replenished>

const POLL_MS = 250
/** How often another process's top-up is waited for. */
const MAX_ROUNDS = 20

/**
 * Builds what tops a balance up by a rule: one top-up at a time in this process, and, by their numbered names, among all
 * that share the ledger. The next number is taken only when the one before is settled and its credit can be seen, so that
 * a service that takes money and credits nothing gets it once.
 */
export function createAutoTopUp(desk: PrepaidDesk, rule: ParsedRule): Replenish {
  let flying: Promise<Replenished> | undefined
  return async (sentAtMs, missing) => {
    if (flying) {
      await flying
      return 'joined'
    }
    flying = replenish(desk, rule, sentAtMs, missing)
    try {
      return await flying
    } finally {
      flying = undefined
    }
  }
}

async function replenish(
  desk: PrepaidDesk,
  rule: ParsedRule,
  sentAtMs: number,
  missing: AtomicUsdc | undefined
): Promise<Replenished> {
  if (missing !== undefined && missing > rule.amount) {
    throw short(desk, missing, `a top-up brings ${formatUsdc(rule.amount)} USDC, which is not enough`)
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { next, last } = await findPlace(desk)
    if (last && (await settleLast(desk, rule, last, sentAtMs)) === 'credited-since') return 'joined'
    if (last && !isFinal(last)) {
      await desk.clock.sleep(POLL_MS)
      continue
    }
    if (await tryTopUp(desk, rule, next, missing)) return 'paid'
  }
  throw short(desk, missing, 'another process is topping it up and does not end')
}

/** Judges the top-up before: what is still to come of it comes first. */
async function settleLast(
  desk: PrepaidDesk,
  rule: ParsedRule,
  last: Purchase,
  sentAtMs: number
): Promise<'credited-since' | 'over'> {
  if (last.call === 'failed' && last.name !== undefined) await resume(desk, rule, last, last.name)
  const now = (await desk.ledger.get(last.id)) ?? last
  if (now.state !== 'settled') return 'over'
  await awaitCredit(desk, rule, now)
  const endedMs = now.settledAtMs ?? now.reservedAtMs
  if (endedMs >= sentAtMs) return 'credited-since'
  if (desk.clock.nowMs() - endedMs >= rule.cooldownMs) return 'over'
  throw short(desk, undefined, `the last top-up was less than ${rule.cooldownMs} ms ago`)
}

/**
 * A top-up that was paid, or may have been, and whose answer is lost: the same again, which pays anew only when the chain
 * proves the first dead, and then within the rule. Where it settled, whatever is answered, the credit decides.
 */
async function resume(desk: PrepaidDesk, rule: ParsedRule, last: Purchase, purchase: string): Promise<void> {
  const amount = parseUsdc(last.labels['top-up-usdc'] ?? '')
  // What it holds itself is free again by then.
  const room = atomicUsdc((await roomLeft(desk, rule)) + last.offer.cost)
  try {
    await topUp(desk, amount, { purchase, refusesCost: within(room) })
  } catch (error) {
    const settled = bursarErrorOf(error)?.moneyState === 'settled'
    if (!settled && !hasCode(error, 'purchase/already-settled')) throw error
  }
}

/** @returns whether it was paid; not when another process was faster. */
async function tryTopUp(
  desk: PrepaidDesk,
  rule: ParsedRule,
  purchase: string,
  missing: AtomicUsdc | undefined
): Promise<boolean> {
  const room = await roomLeft(desk, rule)
  if (room < rule.amount) throw short(desk, missing, `the rule leaves ${formatUsdc(room)} USDC for top-ups`)
  try {
    await topUp(desk, rule.amount, { purchase, refusesCost: within(room) })
  } catch (error) {
    if (fasterCodes.some((code) => hasCode(error, code))) return false
    throw error
  }
  const paid = await desk.ledger.find(purchase)
  if (paid) await awaitCredit(desk, rule, paid)
  return true
}

function within(room: AtomicUsdc) {
  return (cost: AtomicUsdc): string | undefined =>
    cost > room
      ? `with gas it costs ${formatUsdc(cost)} USDC, and the rule leaves ${formatUsdc(room)}`
      : undefined
}

/** What a name says that another process has taken. */
const fasterCodes = ['purchase/in-progress', 'purchase/name-taken', 'purchase/already-settled']

function hasCode(error: unknown, code: string): boolean {
  return bursarErrorOf(error)?.code === code
}

/** What the tightest of the rule's budgets still has. */
async function roomLeft({ ledger, origin }: PrepaidDesk, rule: ParsedRule): Promise<AtomicUsdc> {
  const rooms = await Promise.all(
    rule.budgets(origin).map(async (budget) => {
      const refusal = await ledger.check(probe({ ...budget, limit: atomicUsdc(0n) }))
      const used = refusal?.used ?? 0n
      return budget.limit > used ? budget.limit - used : 0n
    })
  )
  const [tightest = 0n] = rooms.toSorted((a, b) => (a < b ? -1 : 1))
  return atomicUsdc(tightest)
}

/** A reservation that asks, and reserves nothing. */
function probe(budget: ReturnType<ParsedRule['budgets']>[number]) {
  const offer = { dialect: 'katana', network: 'eip155:8453', asset: '', payTo: '', amountAtomic: 1n } as const
  return {
    id: '',
    fingerprint: '',
    method: 'POST',
    origin: budget.label?.value ?? '',
    path: '',
    offer: { ...offer, cost: atomicUsdc(1n) },
    budgets: [budget],
    labels: {}
  }
}

/** Waits until the service shows the credit of a top-up that was paid. */
async function awaitCredit(desk: PrepaidDesk, rule: ParsedRule, paid: Purchase): Promise<void> {
  const deadlineMs = desk.clock.nowMs() + rule.creditWaitMs
  for (;;) {
    if (await isCredited(desk, paid)) return
    if (desk.clock.nowMs() >= deadlineMs) {
      const amount = parseUsdc(paid.labels['top-up-usdc'] ?? '0')
      throw creditLate(desk, await desk.address(), amount, `${rule.creditWaitMs} ms after it was paid`)
    }
    await desk.clock.sleep(POLL_MS)
  }
}

/** Among the newest movements. */
async function isCredited(desk: PrepaidDesk, paid: Purchase): Promise<boolean> {
  if (paid.transaction === undefined) return (await desk.balance()) > 0n
  let looked = 0
  for await (const movement of desk.movements()) {
    if (desk.service.isCreditOf(movement, paid)) return true
    if (++looked >= MAX_MOVEMENTS) return false
  }
  return false
}

/** A top-up that was just paid is among the newest. */
const MAX_MOVEMENTS = 500

/** The name that the next top-up takes, and the one before it. Names are taken in turn, so that halving finds them. */
async function findPlace(desk: PrepaidDesk): Promise<{ readonly next: string; readonly last?: Purchase }> {
  const prefix = `top-up ${desk.origin} ${desk.prover.network} ${await desk.address()}`
  const find = (number: number): Promise<Purchase | undefined> => desk.ledger.find(`${prefix} ${number}`)
  let [taken, free] = [0, 1]
  while (await find(free)) [taken, free] = [free, free * 2]
  while (free - taken > 1) {
    const middle = (taken + free) >> 1
    if (await find(middle)) taken = middle
    else free = middle
  }
  const last = taken === 0 ? undefined : await find(taken)
  return { next: `${prefix} ${free}`, ...(last ? { last } : {}) }
}

function isFinal({ state }: Purchase): boolean {
  return state === 'settled' || state === 'dead' || state === 'released'
}

/** The balance does not suffice, and is not topped up. */
export function short(
  { service, origin, prover }: PrepaidDesk,
  missing: AtomicUsdc | undefined,
  reason: string
): BursarError<'balance/insufficient'> {
  const lacks = missing === undefined ? '' : ` by ${formatUsdc(missing)} USDC`
  return new BursarError('balance/insufficient', {
    message: `${service.name}: the prepaid balance falls short${lacks}, and was not topped up: ${reason}. Nothing was paid.`,
    context: {
      service: service.name,
      origin,
      network: prover.network,
      reason,
      ...(missing === undefined ? {} : { missing: formatUsdc(missing) })
    },
    moneyState: 'none'
  })
}
