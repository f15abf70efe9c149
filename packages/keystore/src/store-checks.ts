/** A file that asks for more memory, or for another number, is rejected when it is read. @throws {TypeError} */
export function assertCost(cost: number): void {
  const isPowerOfTwo = Number.isSafeInteger(cost) && cost >= 2 && Number.isInteger(Math.log2(cost))
  if (!isPowerOfTwo || cost > 2 ** 20)
    throw new TypeError(`cost must be a power of two up to 2^20, not ${cost}`)
}

/** The name is part of a file's name. @throws {TypeError} */
export function assertName(wallet: string): void {
  if (!/^[\w-]{1,64}$/.test(wallet))
    throw new TypeError(
      `The name of a wallet must be 1 to 64 letters, digits, _ or -, not "${wallet.slice(0, 70)}"`
    )
}
