/** Takes an option that may be given any number of times. */
export function gather(value: string, before: string[] = []): string[] {
  return [...before, value]
}
