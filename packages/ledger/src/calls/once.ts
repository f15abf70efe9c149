/** Returns a function that runs another once: every later call returns or throws what the first did. */
export function once<Value>(run: () => Value): () => Value {
  let outcome: Outcome<Value> | undefined
  return () => {
    outcome ??= outcomeOf(run)
    if ('thrown' in outcome) throw outcome.thrown
    return outcome.value
  }
}

type Outcome<Value> = { readonly value: Value } | { readonly thrown: unknown }

function outcomeOf<Value>(run: () => Value): Outcome<Value> {
  try {
    return { value: run() }
  } catch (thrown) {
    return { thrown }
  }
}
