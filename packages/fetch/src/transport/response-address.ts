/** The URL of an answer, and whether redirects led to it. */
export interface ResponseAddress {
  readonly url: string | URL
  readonly redirected: boolean
}

/** Sets what the constructor of `Response` leaves empty, and SDKs read. */
export function withAddress(response: Response, { url, redirected }: ResponseAddress): Response {
  return Object.defineProperties(response, {
    url: { value: String(url), configurable: true },
    redirected: { value: redirected, configurable: true }
  })
}
