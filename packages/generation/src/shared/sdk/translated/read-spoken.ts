import { changeJson, type SentJson, type TextApi } from '@bursar/translation'

/**
 * Reads a call that the service answers itself, as the proxy does.
 *
 * @param api of texts. Absent: it is another.
 * @returns the call itself where nothing has to be changed.
 * @throws {InvalidRequest} that names the field.
 */
export function readSpoken(api: TextApi | undefined, sent: SentJson, init: RequestInit): RequestInit {
  if (!api) return init
  api.assertRequest(sent.object)
  const { bytes } = changeJson(sent, api.adapt)
  if (bytes === sent.bytes) return init
  const headers = new Headers(init.headers)
  headers.delete('content-length')
  return { ...init, headers, body: bytes }
}
