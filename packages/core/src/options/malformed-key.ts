/**
 * Says that a private key of an EVM account is malformed, and what it looks like instead. Its value is not shown.
 *
 * @example
 * ```ts
 * malformedEvmKey('test test … junk').message // 'The EVM private key is not 0x and 64 hex digits: it looks like a mnemonic …'
 * ```
 */
export function malformedEvmKey(text: string): TypeError {
  const found = /^[\da-f]{64}$/i.test(text)
    ? ': 0x is missing in front of it'
    : isMnemonic(text)
      ? ": it looks like a mnemonic; viem's mnemonicToAccount makes an account of one"
      : /^(?:[1-9A-HJ-NP-Za-km-z]{80,90}|\[[\d,\s]+\])$/.test(text)
        ? ": it looks like Solana's, which is passed as solana"
        : ''
  return new TypeError(`The EVM private key is not 0x and 64 hex digits${found} (its value is not shown)`)
}

/** Says that a key of a Solana account is malformed, and what it looks like instead. Its value is not shown. */
export function malformedSolanaKey(text: string): TypeError {
  const found = /^0x[\da-f]{64}$/i.test(text)
    ? ": it looks like an EVM account's, which is passed as evm"
    : isMnemonic(text)
      ? ': it looks like a mnemonic; its wallet exports the key of one account'
      : ''
  return new TypeError(`solana is neither base58 nor a JSON array of bytes${found} (its value is not shown)`)
}

function isMnemonic(text: string): boolean {
  return /^\s*(?:[a-z]{3,8}\s+){11,23}[a-z]{3,8}\s*$/i.test(text)
}
