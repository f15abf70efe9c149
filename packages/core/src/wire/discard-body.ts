/**
 * Lets go of a body that nobody reads, and so of its connection.
 *
 * Not waited for: a body may never say that it was cancelled, one that broke off says so, and neither is news to its caller.
 */
export function discardBody({ body }: Pick<Response, 'body'>): void {
  body?.cancel().catch(() => undefined)
}
