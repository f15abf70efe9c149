import type { JsonObject } from '@bursar/core'

/** What a call through the proxy carries. */
export interface ServiceCall {
  /** Such as `{ agent: 'research' }`; go with the purchase into the ledger. */
  readonly labels: Readonly<Record<string, string>>
  /** Makes the purchase once for ever, across restarts of the proxy. */
  readonly purchase?: string
  readonly signal: AbortSignal
}

/** A picture to make, in OpenAI's terms. */
export interface PictureRequest {
  readonly model: string
  readonly prompt: string
  readonly count: number
  /** Such as `1024x1024`. */
  readonly size?: string
}

/** A picture that was made. */
export interface Picture {
  readonly url: string
  /** Downloads it, by the same rules as every asset. */
  readonly bytes: () => Promise<Uint8Array>
}

/** What the proxy sells on: a service, as one agent has it. Throws {BursarError}s. */
export interface ProxyService {
  readonly name: string
  /** Names of what can be asked. */
  models(): Promise<readonly string[]>
  /** Asks for text, in the body of OpenAI's chat completions, without `stream`. */
  complete(body: JsonObject, call: ServiceCall): Promise<JsonObject>
  pictures(request: PictureRequest, call: ServiceCall): Promise<readonly Picture[]>
  /**
   * Sends a request to the service as it is, where it speaks that API itself, and gives the answer if it is
   * a good one; `undefined` where it does not.
   */
  native(path: string, body: Uint8Array<ArrayBuffer>, call: ServiceCall): Promise<Response> | undefined
}
