import type { RandomBytes } from '@bursar/core'

/**
 * Encodes a form as multipart, once, with one boundary, so that it can be sent again byte for byte.
 * Files are referenced, not copied.
 *
 * @see HTML Standard, "multipart/form-data encoding algorithm"; RFC 7578
 */
export function encodeFormData(form: FormData, random: RandomBytes): { blob: Blob; contentType: string } {
  const boundary = `----bursar${[...random(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  const parts: BlobPart[] = []
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(normaliseBreaks(name))}"`
    if (typeof value === 'string') parts.push(`${head}\r\n\r\n${normaliseBreaks(value)}\r\n`)
    else {
      const type = value.type || 'application/octet-stream'
      parts.push(
        `${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`,
        value,
        '\r\n'
      )
    }
  }
  parts.push(`--${boundary}--\r\n`)
  return { blob: new Blob(parts), contentType: `multipart/form-data; boundary=${boundary}` }
}

function normaliseBreaks(text: string): string {
  return text.replace(/\r?\n|\r/g, '\r\n')
}

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
}
