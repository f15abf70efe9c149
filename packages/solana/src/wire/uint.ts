/** Fills bytes, at most 8 of them, with the low bytes of a number, lowest first. */
export function putUint(bytes: Uint8Array, value: bigint): void {
  // Two halves of 32 bits: arithmetic on each byte as a bigint would take ten times as long.
  const halves = [Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn)]
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = (halves[index >> 2] ?? 0) >>> (8 * (index & 3))
}

/** Reads a little-endian number of up to 8 bytes. */
export function getUint(bytes: Uint8Array, at: number, length = 8): bigint {
  const halves = [0, 0]
  for (let index = 0; index < length; index++) {
    halves[index >> 2] = (halves[index >> 2] ?? 0) + (bytes[at + index] ?? 0) * 2 ** (8 * (index & 3))
  }
  return (BigInt(halves[1] ?? 0) << 32n) + BigInt(halves[0] ?? 0)
}
