/** What a store answers: at once where it can, else by a promise. */
export type Answer<Value> = Value | Promise<Value>

/**
 * A piece of work within one transaction, written once for every store: it asks, decides by the rules, and writes. What it
 * yields are answers that may have to be waited for.
 */
export type Step<Value> = Generator<Answer<unknown>, Value, never>

/** Asks a store for something within a step. */
export function* ask<Value>(answer: Answer<Value>): Generator<Answer<Value>, Value, Value> {
  return yield answer
}

/** Runs a step on a store that answers at once. */
export function runNow<Value>(step: Step<Value>): Value {
  let turn = step.next()
  while (!turn.done) turn = step.next(turn.value as never)
  return turn.value
}

/** Runs a step on a store that must be waited for. */
export async function runAsync<Value>(step: Step<Value>): Promise<Value> {
  let turn = step.next()
  while (!turn.done) {
    // A step has nothing to undo by itself when an answer fails: its transaction does.
    turn = step.next((await turn.value) as never)
  }
  return turn.value
}
