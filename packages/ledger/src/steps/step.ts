/** A store's answer: immediate where possible, otherwise a promise. */
export type Answer<Value> = Value | Promise<Value>

/**
 * A piece of work within one transaction, written once for every store: it reads, decides by the rules, and writes. It
 * yields the promises that must be waited for.
 */
export interface Step<Value> extends Iterator<Promise<unknown>, Value, never> {
  [Symbol.iterator](): Step<Value>
}

/** Uses a store's answer within a step, which goes on at once when the answer is no promise. */
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
    // When an answer fails, the transaction is undone; the step has nothing to undo.
    turn = step.next((await turn.value) as never)
  }
  return turn.value
}

function* wait<Value>(answer: Promise<Value>): Generator<Promise<Value>, Value, never> {
  return yield answer
}

/** An immediate answer: it costs the step no turn of the generator. */
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
