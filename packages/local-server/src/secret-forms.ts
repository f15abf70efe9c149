/** A key in hexadecimal, whose bytes may be sent as well as its text. */
const HEX = /^(?:[\da-f]{2}){16,}$/i

/**
 * A secret, and what it looks like where it is encoded: in hexadecimal, and in either alphabet of base64, wherever in the encoded
 * text it begins. Of a key in hexadecimal, also its bytes.
 */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const forms = [secret, bytes.toString('hex'), ...base64FormsOf(bytes)]
  return HEX.test(secret) ? [...forms, ...base64FormsOf(Buffer.from(secret, 'hex'))] : forms
}

/** Three bytes are four characters, so that bytes within others are written in one of three ways. */
function base64FormsOf(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // The first and the last character may say something of the bytes around.
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor(((before + bytes.length) * 8) / 6)
    const form = encoded.slice(first, last)
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
