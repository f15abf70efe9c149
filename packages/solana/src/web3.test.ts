import { inspect } from 'node:util'
import { SOLANA_MAINNET } from '@bursar/core'
import { Connection, Keypair, type PublicKey, Transaction, VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { FACILITATOR } from '../test/offers.js'
import { pay, readPayment } from '../test/paying.js'
import { startRpcServer } from '../test/rpc-server.js'
import { startScriptedChain } from '../test/scripted-chain.js'
import { createSolanaPayer } from './index.js'
import * as web3 from './web3.js'
import { fromConnection, fromWallet, toKeypair, toVersionedTransaction } from './web3.js'

const keypair = Keypair.generate()

it('exports exactly this', () => {
  expect(Object.keys(web3).toSorted()).toEqual([
    'fromConnection',
    'fromWallet',
    'toKeypair',
    'toVersionedTransaction'
  ])
})

describe('a Connection', () => {
  it('is what a payer reads through, with its own middleware', async () => {
    const chain = await startScriptedChain()
    let calls = 0
    const connection = new Connection(chain.node.url, {
      fetch: (url, init) => {
        calls++
        return fetch(url, init)
      }
    })
    const transports = { [SOLANA_MAINNET]: fromConnection(connection) }
    const payer = createSolanaPayer({ account: keypair, transports, clock: chain.clock })
    expect(readPayment(await pay(payer)).feePayer).toBe(FACILITATOR)
    expect(await payer.balances.readUsdc(SOLANA_MAINNET)).toBe(7_000_000n)
    expect([calls, chain.node.calls.length]).toEqual([3, 3])
  })

  it('that stalls is given up by the time limit and by the signal, and one that fails is an outage', async () => {
    const silent = await startRpcServer(() => () => {})
    const payerOf = (url: string, rpcTimeoutMs: number) =>
      createSolanaPayer({
        account: keypair,
        transports: { [SOLANA_MAINNET]: fromConnection(new Connection(url)) },
        rpcTimeoutMs
      })
    const unavailable = { code: 'rpc/unavailable', moneyState: 'none' }
    await expect(payerOf(silent.url, 50).balances.readGas(SOLANA_MAINNET)).rejects.toMatchObject(unavailable)
    const stop = new AbortController()
    const reading = payerOf(silent.url, 600_000).balances.readGas(SOLANA_MAINNET, stop.signal)
    stop.abort(new RangeError('enough'))
    await expect(reading).rejects.toThrow('enough')
    const failing = await startRpcServer(() => ({ error: { code: -32_000, message: 'secret' } }))
    const error = await payerOf(failing.url, 30_000)
      .balances.readGas(SOLANA_MAINNET)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject(unavailable)
    expect(inspect(error, { depth: 9 })).not.toContain('secret')
  })

  it('of something else is a mistake of the caller', () => {
    const other: object = { rpcEndpoint: 'https://rpc.example' }
    // @ts-expect-error it is not a Connection
    expect(() => fromConnection(other)).toThrow(TypeError)
  })
})

it("a wallet signs web3.js's own VersionedTransaction, and is asked for its account each time", async () => {
  const chain = await startScriptedChain()
  let connected: PublicKey | null = null
  const payer = chain.payerOf(
    fromWallet({
      get publicKey() {
        return connected
      },
      async signTransaction<Any extends Transaction | VersionedTransaction>(transaction: Any): Promise<Any> {
        if (transaction instanceof Transaction) throw new TypeError('It is a legacy transaction')
        expect(transaction).toBeInstanceOf(VersionedTransaction)
        transaction.sign([keypair])
        return transaction
      }
    })
  )
  await expect(payer.address()).rejects.toThrow('not connected')
  connected = keypair.publicKey
  const payment = await pay(payer)
  expect(payment.payer).toBe(keypair.publicKey.toBase58())
})

it('a payment is a VersionedTransaction, signed by its owner and not by the fee payer', async () => {
  const payment = await pay((await startScriptedChain()).payerOf(keypair))
  const { signatures, message } = toVersionedTransaction(payment)
  expect(message.staticAccountKeys.slice(0, 2).map(String)).toEqual([FACILITATOR, payment.payer])
  expect(signatures.map((signature) => signature.some((byte) => byte !== 0))).toEqual([false, true])
  for (const transaction of [undefined, 7, 'AAAA', '!']) {
    expect(() => toVersionedTransaction({ payload: { transaction: transaction ?? null } })).toThrow(TypeError)
  }
})

it('a Keypair is built from every spelling of a key, and a damaged key is not shown', () => {
  const { secretKey, publicKey } = keypair
  for (const secret of [bs58.encode(secretKey), JSON.stringify([...secretKey]), secretKey.slice(0, 32)]) {
    expect(toKeypair(secret).publicKey).toEqual(publicKey)
  }
  const damaged = secretKey.slice()
  damaged[40] = (damaged[40] ?? 0) ^ 1
  expect(() => toKeypair(damaged)).toThrow(/^The two halves/)
  expect(() => toKeypair('hunter2-secret')).toThrow(TypeError)
})
