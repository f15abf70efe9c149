/** Makes of a function one that is run at its first call, and answers every later one as that did. */
export function once<Value>(run: () => Value): () => Value {
  let came: { readonly value: Value } | { readonly thrown: unknown } | undefined
  return () => {
    came ??= attempt(run)
    if ('thrown' in came) throw came.thrown
    return came.value
  }
}

function attempt<Value>(run: () => Value): { readonly value: Value } | { readonly thrown: unknown } {
  try {
    return { value: run() }
  } catch (thrown) {
    return { thrown }
  }
}
