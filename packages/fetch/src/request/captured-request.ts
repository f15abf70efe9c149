/** A body that can be sent any number of times without being copied. */
export type CapturedBody =
  | { readonly kind: 'bytes'; readonly chunks: readonly Uint8Array[]; readonly size: number }
  | { readonly kind: 'blob'; readonly blob: Blob; readonly size: number }

/** A request from which exactly the same bytes can be sent again. */
export interface CapturedRequest {
  readonly method: string
  /** In canonical form: no dot at the end of the host, and no fragment. */
  readonly url: URL
  /** Lower-case names, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: CapturedBody | undefined
  readonly redirect: NonNullable<RequestInit['redirect']>
  /** Whether a redirect led here. */
  readonly redirected: boolean
  readonly signal?: AbortSignal | undefined
  /** Other init members for the platform's fetch, such as undici's `dispatcher`. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** Reads a header of a captured request. */
export function headerOf(request: CapturedRequest, name: string): string | undefined {
  return request.headers.find(([each]) => each === name)?.[1]
}
