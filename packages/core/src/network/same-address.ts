/** Whether two addresses are one: EVM addresses are equal in any letter case, Solana's are not. */
export function sameAddress(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}
