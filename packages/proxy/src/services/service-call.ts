/** What a call through the proxy carries. */
export interface ServiceCall {
  /** For example `{ agent: 'research' }`. They go into the ledger with the purchase. */
  readonly labels: Readonly<Record<string, string>>
  /** Names the purchase, so that it is bought once, also across restarts of the proxy. */
  readonly purchase?: string
  readonly signal: AbortSignal
  /** Is told the ledger's id of what the call buys, or carries on, before anything of it is sent. */
  readonly onPurchase: (id: string) => void
}
