import { katana, SOLANA_MAINNET, x402V2 } from '@bursar/core'
import { type SolanaEngineName, startSolana } from '@bursar/localchain/solana'
import { getAssociatedTokenAddressSync } from '@solana/spl-token'
import { Keypair, PublicKey, VersionedTransaction } from '@solana/web3.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSolanaPayer } from '../src/index.js'
import { facilitatorOf } from './facilitator.js'
import { offerOf } from './offers.js'
import { testOutcomesOn } from './payment-outcomes.js'
import { PaymentScene, USDC } from './payment-scene.js'
import { testV1PaymentsOn } from './v1-payments.js'

/** Everything that only a chain can judge, on one engine of the local one. */
export function testPaymentsOn(engine: SolanaEngineName): void {
  const scene = new PaymentScene(engine)
  testOutcomesOn(scene)
  testV1PaymentsOn(scene)

  describe('a payment that the chain judges', () => {
    it('settles, and moves exactly the amount', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      await scene.facilitator.settle(await scene.pay(payer, { payTo }))
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
      expect(await payer.balances.readUsdc(SOLANA_MAINNET)).toBe(750_000n)
      expect(await payer.balances.readGas(SOLANA_MAINNET)).toBe(0n)
    })

    it("Katana 41: creates the payee's token account at the cost of payTo, within the compute limit", async () => {
      const katanaWallet = Keypair.generate()
      const payTo = katanaWallet.publicKey.toBase58()
      await scene.chain.fundSol(payTo, 1_000_000_000n)
      const { payer } = await scene.newWallet()
      const payment = await scene.pay(payer, { payTo, extra: { feePayer: payTo } }, katana)
      const name = await facilitatorOf(scene.chain.rpcUrl, katanaWallet).settle(payment)
      expect(await scene.chain.balanceOf(payTo)).toBe(250_000n)
      const landed = await scene.facilitator.connection.getTransaction(name, {
        maxSupportedTransactionVersion: 0
      })
      expect(landed?.meta?.computeUnitsConsumed).toBeLessThan(45_000)
      // The account exists now, also for the standard.
      await scene.facilitator.settle(await scene.pay(payer, { payTo }))
      expect(await scene.chain.balanceOf(payTo)).toBe(500_000n)
    })

    it('is not made in the standard while the payee has no token account', async () => {
      const { payer } = await scene.newWallet()
      const payTo = Keypair.generate().publicKey.toBase58()
      const account = getAssociatedTokenAddressSync(USDC, new PublicKey(payTo)).toBase58()
      await expect(scene.pay(payer, { payTo })).rejects.toMatchObject({
        code: 'offer/recipient-account-missing',
        context: { account }
      })
    })

    it('fits the compute limit with the longest memo', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      await scene.facilitator.settle(await scene.pay(payer, { payTo, extra: { memo: '漢'.repeat(85) } }))
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
    })

    it("peers defect 9: two equal payments on one blockhash both settle, also with the server's memo", async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      for (const extra of [{}, { memo: 'invoice 7' }]) {
        const [one, two] = [
          await scene.pay(payer, { payTo, extra }),
          await scene.pay(payer, { payTo, extra })
        ]
        expect(one.expiry).toBe(two.expiry)
        await Promise.all([scene.facilitator.settle(one), scene.facilitator.settle(two)])
      }
      expect(await scene.chain.balanceOf(payTo)).toBe(1_000_001n)
    })

    it('that is sent twice settles once', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo })
      await scene.facilitator.settle(payment)
      await expect(scene.facilitator.settle(payment)).rejects.toThrow()
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
    })

    it('200 payments at once settle, each once, with two reads in all', async () => {
      // A chain of its own, on which a blockhash lives for a minute: sending them all may take a busy machine long.
      const slow = await startSolana({ slotTimeMs: 400, engine })
      onTestFinished(() => slow.stop())
      await slow.fundSol(scene.feePayer.publicKey.toBase58(), 10_000_000_000n)
      const [keypair, payTo] = [Keypair.generate(), Keypair.generate().publicKey.toBase58()]
      await slow.mint(keypair.publicKey.toBase58(), 200_000n)
      await slow.mint(payTo, 1n)
      const asked: string[] = []
      const counting: typeof fetch = (url, init) => {
        asked.push(String(JSON.parse(String(init?.body)).method))
        return fetch(url, init)
      }
      const rpcUrls = { [SOLANA_MAINNET]: slow.rpcUrl }
      const payer = createSolanaPayer({ account: keypair, rpcUrls, rpcTimeoutMs: 30_000, fetch: counting })
      const payments = await Promise.all(
        Array.from({ length: 200 }, () => scene.pay(payer, { payTo, amountAtomic: 1_000n }))
      )
      expect(asked.toSorted()).toEqual(['getAccountInfo', 'getLatestBlockhash'])
      // Without a rehearsal of each, which a busy machine may not end within the life of their blockhash.
      const slowFacilitator = facilitatorOf(slow.rpcUrl, scene.feePayer)
      const names = await Promise.all(payments.map((payment) => slowFacilitator.send(payment)))
      const errors = await Promise.all(names.map((name) => slowFacilitator.landed(name)))
      expect(errors.filter((error) => error !== null)).toEqual([])
      expect(await slow.balanceOf(payTo)).toBe(200_001n)
    })

    it('is made on a finalized blockhash when it replaces a dead one', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const dead = await scene.pay(payer, { payTo })
      const terms = { dialect: x402V2, maxValiditySeconds: 300, replaces: dead }
      const offer = offerOf({ payTo, extra: { feePayer: scene.feePayer.publicKey.toBase58() } })
      await scene.facilitator.settle(await (await payer.prepare(offer, terms)).sign())
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
    })

    it("settles on the server's blockhash", async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const { blockhash } = await scene.facilitator.connection.getLatestBlockhash()
      const payment = await scene.pay(payer, { payTo, extra: { recentBlockhash: blockhash } })
      const sent = VersionedTransaction.deserialize(
        Buffer.from(String(payment.payload.transaction), 'base64')
      )
      expect(sent.message.recentBlockhash).toBe(blockhash)
      await scene.facilitator.settle(payment)
    })
  })
}
