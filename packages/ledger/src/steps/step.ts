/** What a store answers: at once where it can, else by a promise. */
export type Answer<Value> = Value | Promise<Value>

/**
 * A piece of work within one transaction, written once for every store: it asks, decides by the rules, and writes. What it
 * yields are answers that must be waited for.
 */
export interface Step<Value> extends Iterator<Promise<unknown>, Value, never> {
  [Symbol.iterator](): Step<Value>
}

/** Asks a store for something within a step, which goes on at once where there is nothing to wait for. */
export function ask<Value>(answer: Answer<Value>): Step<Value> {
  return answer instanceof Promise ? wait(answer) : new Answered(answer)
}

/** Runs a step on a store that answers at once. */
export function runNow<Value>(step: Step<Value>): Value {
  const { done, value } = step.next()
  if (done) return value
  throw new TypeError('A store that answers at once made a step wait')
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

function* wait<Value>(answer: Promise<Value>): Generator<Promise<Value>, Value, never> {
  return yield answer
}

/** An answer that is there: asking for it costs a step no turn of its own. */
class Answered<Value> implements Step<Value> {
  readonly done = true
  readonly value: Value

  constructor(value: Value) {
    this.value = value
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): this {
    return this
  }
}
