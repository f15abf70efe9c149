/** How a runtime runs something later. */
type Schedule = (run: () => void) => unknown

/** What Node's connections cannot do without, by the names that libraries of tests have for them. */
const schedules = {
  setImmediate: (): Schedule | undefined => globalThis.setImmediate,
  queueMicrotask: (): Schedule | undefined => globalThis.queueMicrotask,
  nextTick: (): Schedule | undefined => globalThis.process?.nextTick
}
const names = ['setImmediate', 'queueMicrotask', 'nextTick'] as const

/** One of those. */
export type TurnName = (typeof names)[number]

/** How long a replacement may take, so that one that only watches, or whose clock runs by itself, counts as running. */
const PATIENCE_MS = 50

/** A timer of the runtime itself, and the turn behind it, in which runs what was scheduled before. */
const realTimeout = globalThis.setTimeout
const realImmediate: Schedule = globalThis.setImmediate ?? ((run) => run())
/** What runs by itself and what does not. What is there when this is loaded, before a test replaces anything, does. */
const seen = new WeakMap<Schedule, boolean>()
for (const name of names) {
  const schedule = schedules[name]()
  if (schedule) seen.set(schedule, true)
}

/** Whether one of them was replaced, by a test or by a tool that watches the program. Costs next to nothing. */
export function areTurnsReplaced(): boolean {
  return names.some((name) => !isRunning(schedules[name]()))
}

/** Tries what was replaced, once each. @returns the names of those that do not run by themselves, as fake timers do not. */
export async function stoppedTurns(): Promise<readonly TurnName[]> {
  const stopped = await Promise.all(
    names.map(async (name) => ((await runs(schedules[name]())) ? [] : [name]))
  )
  return stopped.flat()
}

/**
 * What to say where no connection can be used, because a test has replaced what Node's own need.
 *
 * @returns nothing where connections work.
 */
export function stoppedTurnsReason(stopped: readonly TurnName[]): string | undefined {
  const needed = stopped.filter((name) => name !== 'setImmediate')
  if (needed.length === 0) return undefined
  return (
    `fake timers hold ${needed.join(' and ')} up, without which no connection of Node's is used; leave these out: ` +
    "vi.useFakeTimers() does, jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }), " +
    "sinon.useFakeTimers({ toFake: ['Date', 'setTimeout'] })"
  )
}

function isRunning(schedule: Schedule | undefined): boolean {
  return schedule === undefined || seen.get(schedule) === true
}

async function runs(schedule: Schedule | undefined): Promise<boolean> {
  if (schedule === undefined) return true
  const known = seen.get(schedule)
  if (known !== undefined) return known
  const ran = await new Promise<boolean>((resolve) => {
    // Where the program was busy for longer, the timer comes first.
    realTimeout(() => realImmediate(() => resolve(false)), PATIENCE_MS)
    schedule(() => resolve(true))
  })
  seen.set(schedule, ran)
  return ran
}
