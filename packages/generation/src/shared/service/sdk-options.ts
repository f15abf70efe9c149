/** How an SDK's client is set up: the constructors of `openai` and `@anthropic-ai/sdk` take it. */
export interface SdkOptions {
  /** What the SDK sends as its key. @example { apiKey: 'x402' } */
  readonly apiKey: string
  /** Where the service's API begins. @example { baseURL: 'https://api.venice.ai/api/v1' } */
  readonly baseURL: string
  /** Sends the SDK's requests, and pays or counts them. @example { fetch: globalThis.fetch } */
  readonly fetch: typeof globalThis.fetch
  /**
   * How often the SDK may send a request again: never, since each could cost money.
   *
   * @example { maxRetries: 0 }
   */
  readonly maxRetries: 0
}
