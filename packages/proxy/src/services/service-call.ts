/** What a call through the proxy carries. */
export interface ServiceCall {
  /** For example `{ agent: 'research' }`. They go into the ledger with the purchase. */
  readonly labels: Readonly<Record<string, string>>
  /** Names the purchase, so that it is bought once, also across restarts of the proxy. */
  readonly purchase?: string
  readonly signal: AbortSignal
}
