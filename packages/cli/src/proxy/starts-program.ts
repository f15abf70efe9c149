/** Whether a command line starts a program, also by way of npx and its like. @param name as in a pattern. */
export function startsProgram(command: readonly string[], name: string): boolean {
  const last = new RegExp(String.raw`(?:^|[/\\])${name}(?:@[^/]*|\.\w+)?$`)
  return command.slice(0, 4).some((part) => last.test(part))
}
