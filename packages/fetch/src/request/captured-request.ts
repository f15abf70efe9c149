/** A body that can be sent any number of times without being copied. */
export type CapturedBody =
  | { readonly kind: 'bytes'; readonly chunks: readonly Uint8Array[]; readonly size: number }
  | { readonly kind: 'blob'; readonly blob: Blob; readonly size: number }

/** A request held so that exactly the same bytes can be sent again. */
export interface CapturedRequest {
  readonly method: string
  /** In one spelling: no dot ends the host, and there is no fragment. */
  readonly url: URL
  /** Lower-case names, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: CapturedBody | undefined
  readonly redirect: RequestRedirect
  /** Whether a redirect led here. */
  readonly redirected: boolean
  readonly signal?: AbortSignal | undefined
  /** What the platform's own fetch was given beyond the above, such as undici's `dispatcher`. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** Reads a header of a captured request. */
export function headerOf(request: CapturedRequest, name: string): string | undefined {
  return request.headers.find(([each]) => each === name)?.[1]
}
