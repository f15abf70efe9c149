import { randomBytes } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import { createKeyPairSignerFromBytes } from '@solana/kit'
import { Keypair } from '@solana/web3.js'
import { toFacilitatorSvmSigner } from '@x402/svm'
import { ExactSvmScheme } from '@x402/svm/exact/facilitator'
import { createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { useSolanaStack } from '../solana-stack.js'
import { startSeller } from './network-seller.js'
import { fundAccount, holdingOf, installMint, type Token2022 } from './token-2022.js'

const stack = useSolanaStack()
/** The older program, which does not own these mints. */
const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
const PYUSD = '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo'
const USDG = '2u1tszSeqZ3qBWF3uNGPFc8TzMk2tdiwknnRMWGWjGWH'

/** A wallet with a dollar of the token, and a seller that asks for half of it, through the official facilitator. */
async function open(token: Token2022) {
  const { solana } = stack
  const [payer, payee, feePayer] = [1, 2, 3].map(() => Keypair.fromSeed(randomBytes(32)))
  if (!payer || !payee || !feePayer) throw new TypeError('three are made')
  await installMint(solana, token)
  await fundAccount(solana, token, { owner: payer.publicKey, amountAtomic: 1_000_000n })
  await fundAccount(solana, token, { owner: payee.publicKey, amountAtomic: 0n })
  await solana.fundSol(feePayer.publicKey.toBase58())
  const signer = await createKeyPairSignerFromBytes(feePayer.secretKey)
  const facilitator = new ExactSvmScheme(toFacilitatorSvmSigner(signer, { defaultRpcUrl: solana.rpcUrl }))
  const url = await startSeller(facilitator, {
    network: SOLANA_MAINNET,
    asset: token.mint,
    amount: '500000',
    payTo: payee.publicKey.toBase58(),
    extra: { feePayer: signer.address, tokenProgram: TOKEN_PROGRAM }
  })
  const bursar = createBursar({
    solana: payer,
    limits: { payment: '1', total: '1' },
    ledger: 'memory',
    rpcUrls: { [SOLANA_MAINNET]: solana.rpcUrl }
  })
  onTestFinished(() => bursar.close())
  const holding = (of: Keypair) => holdingOf(solana, token, of.publicKey)
  return { bursar, url, held: async () => [await holding(payer), await holding(payee)] }
}

describe('X128, X138: a mint of the Token-2022 program, whatever program the 402 names', () => {
  it.each([
    ['without a fee', { mint: PYUSD, feeBasisPoints: 0 }, 'PYUSD', 500_000n],
    ['that keeps a fee, of which the payee gets less', { mint: USDG, feeBasisPoints: 100 }, 'USDG', 495_000n]
  ])('%s is paid, and costs the amount', async (_, token, symbol, received) => {
    const { bursar, url, held } = await open(token)
    const response = await bursar.fetch(url)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(bursar.receiptOf(response)).toMatchObject({
      amount: '0.5',
      symbol,
      cost: '0.5',
      moneyState: 'settled'
    })
    expect(await held()).toEqual([500_000n, received])
    // X136: the audit reads this token too. surfpool counts its block time in thousands of seconds, which is long ago.
    const found = await auditOf(bursar).reconcile({ fromMs: 0 })
    expect(found).toMatchObject({ settled: 1, debits: 1, discrepancies: [] })
  })
})
