/** Statuses of answers without a body, to which a `Response` takes none. */
const bodiless = [101, 103, 204, 205, 304]

/**
 * Makes a `Response` of whatever a server answered: without a body where its status has none, and with a status above 599, which
 * `fetch` hands on and the constructor of `Response` refuses.
 *
 * @param head of the answer, whose status is 200 or more.
 */
export function responseOf(
  body: ConstructorParameters<typeof Response>[0],
  { status, ...head }: ResponseInit & { readonly status: number }
): Response {
  const isTaken = status <= 599
  const response = new Response(bodiless.includes(status) ? null : body, {
    ...head,
    status: isTaken ? status : 500
  })
  return isTaken ? response : Object.defineProperty(response, 'status', { value: status })
}
