/** The host of an origin, in its one spelling: a dot at the end of a name names the same host. */
export function hostOf(origin: string): string {
  return normalizeHost(origin.slice(origin.indexOf('//') + 2))
}

/** `pay.example.` and `pay.example` are one host, and so are `pay.example.:8402` and `pay.example:8402`. */
export function normalizeHost(host: string): string {
  return host.replace(/\.(?=$|:\d+$)/, '')
}
