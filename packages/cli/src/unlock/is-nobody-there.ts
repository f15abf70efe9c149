/** Whether an error of a connection says that nobody listens there. Every other leaves open that somebody does. */
export function isNobodyThere(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
