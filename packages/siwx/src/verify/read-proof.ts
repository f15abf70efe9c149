import { decodeHeader, isBursarError, type JsonObject } from '@bursar/core'

/** No proof needs more: a contract wallet's brings its own deployment, in hex and again in base64. */
const MAX_PROOF_LENGTH = 32 * 1024

/** Decodes a proof's header; nothing when it is malformed. */
export function readProof(header: string): JsonObject | undefined {
  if (header.length > MAX_PROOF_LENGTH) return undefined
  try {
    return decodeHeader('The wallet proof', header)
  } catch (error) {
    if (isBursarError(error, 'header/malformed')) return undefined
    throw error
  }
}
