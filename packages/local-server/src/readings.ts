/** How often a text is decoded: once for its URL, once for what a URL in it holds, and once for JSON. */
const MAX_TIMES = 3

/** A text, and what a server may read in it: percent signs and JSON's escapes are decoded, also where some of them are no code. */
export function readingsOf(text: string): readonly string[] {
  const readings = [text]
  for (let times = 0; times < MAX_TIMES; times++) {
    const next = decoded(readings.at(-1) ?? '')
    if (next === readings.at(-1)) break
    readings.push(next)
  }
  return readings
}

function decoded(text: string): string {
  return text
    .replace(/(?:%[\da-f]{2})+/gi, (codes) => textOf(Buffer.from(codes.replaceAll('%', ''), 'hex')))
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1')
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
