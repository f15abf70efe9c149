import { bursarErrorOf, type MoneyState } from '@bursar/core'
import { type Intent, PATH } from './intent.js'
import { world as outside } from './scheduler.js'
import type { SimulatedProcess } from './simulated-process.js'
import { CALL_HEADER, INTENT_HEADER } from './simulated-server.js'
import type { World } from './world.js'

/** What somebody who wants something lives in. */
export interface CallerParts {
  readonly world: World
  readonly intent: Intent
  readonly nextCall: () => number
  readonly pickProcess: () => SimulatedProcess
}

/** How a call ended. */
type CallEnd =
  | { readonly kind: 'answered' | 'crashed' }
  | {
      readonly kind: 'failed'
      readonly moneyState: MoneyState | undefined
      readonly code: string
      readonly message: string
    }

/** What somebody who wanted something came to. */
export interface CallerEnd {
  readonly last: CallEnd
  /** The process that gave the answer. */
  readonly process: SimulatedProcess
}

/** Shorter, all together, than an equal call resumes. Milliseconds. */
const PAUSES_MS = [0, 10, 500, 5_000, 15_000, 60_000] as const
/** By so much longer, at most, than an equal call resumes what has settled. */
const LATE_MS = 60_000
const MAX_TRIES = 8
/** Once nothing goes wrong any more, a caller has its answer after so many tries. */
const MAX_CALM_TRIES = 5
const CALM_PAUSE_MS = 60_000

/** Wants something once, and asks again, wherever, until it has it or gives up. */
export async function wantOnce(parts: CallerParts): Promise<CallerEnd> {
  const { world, intent } = parts
  const { chance, faults, scheduler, watcher } = world
  let calmTries = 0
  for (let tries = 1; ; tries++) {
    const wasCalm = faults.isCalm
    const process = parts.pickProcess()
    const last = await callOnce(parts, process)
    if (last.kind === 'answered') return { last, process }
    if (wasCalm && ++calmTries === MAX_CALM_TRIES) {
      watcher.onStuck(intent, last.kind === 'failed' ? last : undefined)
      return { last, process }
    }
    if (!wasCalm && (tries >= MAX_TRIES || chance.below(12) === 0)) return { last, process }
    const ms = wasCalm ? CALM_PAUSE_MS : drawPause(world)
    await scheduler.wait({ ms, owner: outside, what: `wants ${intent.name} again` })
  }
}

/** Of those who ask while the chain makes no blocks, every other waits longer, if it makes none until then. */
function drawPause({ plan, chance, chain }: World): number {
  const isLate = chain.haltedForMs > plan.resumeWindowMs + LATE_MS && chance.below(2) === 0
  return isLate ? plan.resumeWindowMs + chance.below(LATE_MS) : chance.pick(PAUSES_MS)
}

/** Calls; where calls are joined, an impatient caller calls again, elsewhere, without giving the first call up. */
async function callOnce(parts: CallerParts, process: SimulatedProcess): Promise<CallEnd> {
  const { chance, faults, scheduler } = parts.world
  let isOver = false
  const first = callOn(parts, process).finally(() => {
    isOver = true
  })
  if (parts.world.plan.inFlight !== 'join' || !faults.happens('caller impatient')) return first
  const occasion = {
    ms: chance.below(3_000),
    owner: outside,
    what: `waits for ${parts.intent.name} no longer`
  }
  const second = scheduler.wait(occasion).then(() => (isOver ? first : callOn(parts, parts.pickProcess())))
  const [one, other] = await Promise.all([first, second])
  return one.kind === 'answered' ? one : other
}

async function callOn({ world, intent, nextCall }: CallerParts, process: SimulatedProcess): Promise<CallEnd> {
  const { scheduler, watcher } = world
  const call = nextCall()
  scheduler.note(process, `call ${call} wants ${intent.name}`)
  watcher.onCall({ call, intent: intent.name })
  const end = await Promise.race([request(world, process, { intent, call }), process.crashed.then(crashed)])
  const said = end.kind === 'failed' ? `fails, ${end.moneyState}: ${end.code}` : `is ${end.kind}`
  scheduler.note(process, `call ${call} for ${intent.name} ${said}`)
  if (end.kind === 'answered') watcher.onAnswered(intent.name)
  if (end.kind === 'crashed') watcher.onCrashed(intent.name)
  if (end.kind === 'failed') watcher.onFailure({ ...end, mark: { intent: intent.name, call } })
  return end
}

const crashed = (): CallEnd => ({ kind: 'crashed' })

async function request(
  world: World,
  process: SimulatedProcess,
  { intent, call }: { readonly intent: Intent; readonly call: number }
): Promise<CallEnd> {
  const { chance, faults, scheduler, watcher } = world
  const abort = new AbortController()
  world.calls.note(abort.signal, { intent: intent.name, call })
  const giveUpWithin = (mostMs: number): void => {
    const occasion = { ms: chance.below(mostMs), owner: process, what: `call ${call} is given up` }
    scheduler.after(occasion, () => abort.abort(new TypeError('The caller gives up')))
  }
  if (faults.happens('caller gives up')) giveUpWithin(5_000)
  // While its signature is written, and sent.
  if (faults.happens('caller gives up as it is signed')) watcher.whenSigned(call, () => giveUpWithin(200))
  const labels = { intent: intent.name, ...(intent.agent === undefined ? {} : { agent: intent.agent }) }
  const named = intent.purchase === undefined ? {} : { purchase: intent.purchase }
  try {
    const response = await process.clientOf(intent.wallet).fetch(`${intent.origin}${PATH}`, {
      method: 'POST',
      body: intent.body,
      headers: { [CALL_HEADER]: String(call), [INTENT_HEADER]: intent.name },
      signal: abort.signal,
      bursar: { labels, ...named }
    })
    if (response.ok && faults.happens('caller lets the body go')) await response.body?.cancel()
    else await response.text()
    if (response.ok) return { kind: 'answered' }
    return failed(`HTTP ${response.status}`, 'unknown', 'handed over')
  } catch (error) {
    const ours = bursarErrorOf(error)
    const message = error instanceof Error ? error.message : String(error)
    return failed(ours?.code ?? 'an error of the platform', ours?.moneyState, message)
  }
}

function failed(code: string, moneyState: MoneyState | undefined, message: string): CallEnd {
  return { kind: 'failed', code, moneyState, message }
}
