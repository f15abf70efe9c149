/** Collects an option that may be given any number of times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
