import type { Platform } from '../platform.js'

/**
 * Encodes a form as multipart, so that equal forms are equal bytes: an equal call resumes a payment that the server may
 * have bound to the bytes of the first. The boundary is a hash of the content, which no part can contain.
 * Files are referenced, not copied.
 *
 * @see HTML Standard, "multipart/form-data encoding algorithm"; RFC 7578
 */
export async function encodeFormData(
  form: FormData,
  sha256: Platform['sha256']
): Promise<{ blob: Blob; contentType: string }> {
  const blob = encodeWith(form, 'boundary')
  const hash = await sha256('', { kind: 'blob', blob, size: blob.size })
  const boundary = `----bursar${hash.slice(0, 32)}`
  return { blob: encodeWith(form, boundary), contentType: `multipart/form-data; boundary=${boundary}` }
}

function encodeWith(form: FormData, boundary: string): Blob {
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
  return new Blob(parts)
}

function normaliseBreaks(text: string): string {
  return text.replace(/\r?\n|\r/g, '\r\n')
}

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
}
