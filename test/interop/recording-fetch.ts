/** A fetch that writes down which requests carry a payment. */
export function recordingFetch() {
  const paid: boolean[] = []
  const fetching: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    paid.push(headers.has('payment-signature') || headers.has('x-payment'))
    return fetch(input, init)
  }
  return { paid, fetching }
}
