import fc from 'fast-check'
import { type Address, formatAddress } from '../src/address/address.js'
import { TOKEN, TOKEN_2022 } from '../src/address/programs.js'
import { tokenAccountOf } from '../src/address/token-account.js'
import type { Transfer } from '../src/transaction/transfer.js'

/** Any address. */
export const anyAddress: fc.Arbitrary<Address> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(formatAddress)

/** Any transfer: every program, with and without creation, the fee payer a stranger, the payee or ourselves. */
export const anyTransfer: fc.Arbitrary<Transfer> = fc
  .record({
    addresses: fc.tuple(anyAddress, anyAddress, anyAddress, anyAddress),
    feeBy: fc.constantFrom('stranger', 'payee', 'owner'),
    tokenProgram: fc.constantFrom(TOKEN, TOKEN_2022),
    decimals: fc.nat(18),
    createsDestination: fc.boolean(),
    amountAtomic: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    memo: fc.option(fc.uint8Array({ minLength: 1, maxLength: 256 }), { nil: undefined }),
    microLamportsPerUnit: fc.bigInt({ min: 0n, max: 5_000_000n }),
    blockhash: fc.uint8Array({ minLength: 32, maxLength: 32 })
  })
  .map(({ addresses: [stranger, owner, recipient, mint], feeBy, tokenProgram, ...rest }) => ({
    ...rest,
    feePayer: { stranger, payee: recipient, owner }[feeBy],
    owner,
    mint,
    tokenProgram,
    recipient,
    source: tokenAccountOf(owner, mint, tokenProgram),
    destination: tokenAccountOf(recipient, mint, tokenProgram)
  }))
