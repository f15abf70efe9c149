import { readFileSync } from 'node:fs'
import { createEvmPayer } from '@bursar/evm'
import { type BaseChain, startBase } from '@bursar/localchain'
import { bursarErrorOf, createBursar, type EvmAccount } from 'bursar'
import { Wallet } from 'ethers'
import {
  compactSignatureToHex,
  type Hex,
  parseErc6492Signature,
  parseSignature,
  serializeErc6492Signature,
  signatureToCompactSignature,
  zeroHash
} from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startOfficialServer } from '../interop/official-server.js'
import { artifacts, deploy } from './artifacts.js'
import { createMock1271, createSafe, createSmallWallet, delegate, newKey } from './wallets.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

/** An account, and the factories that the facilitator allows. */
interface Payer {
  readonly account: EvmAccount
  readonly factories?: string[]
}

/** Changes what viem's account returns. */
function changing(change: (signature: Hex) => string): Payer {
  const account = newKey()
  return {
    account: {
      address: account.address,
      signTypedData: async (data) => change(await account.signTypedData(data)) as Hex
    }
  }
}

const payers: Readonly<Record<string, () => Payer | Promise<Payer>>> = {
  'a private key': () => ({ account: generatePrivateKey() }),
  "viem's local account": () => ({ account: newKey() }),
  'ethers v6 Wallet': () => ({ account: new Wallet(generatePrivateKey()) }),
  'a signer that returns v as 0 or 1': () =>
    changing((signature) => `${signature.slice(0, 130)}0${signature.endsWith('1b') ? 0 : 1}`),
  'a signer that returns EIP-2098': () =>
    changing((signature) => compactSignatureToHex(signatureToCompactSignature(parseSignature(signature)))),
  'Safe 1.4.1 with one owner': async () => ({ account: await createSafe(chain, [newKey()]) }),
  'Safe 1.4.1 with two owners': async () => ({ account: await createSafe(chain, [newKey(), newKey()]) }),
  "Circle's MockERC1271Wallet": async () => ({ account: await createMock1271(chain, { owner: newKey() }) }),
  'EIP-7702: Simple7702Account': async () => {
    const account = newKey()
    await delegate(chain, account.address, await deploy(chain, artifacts.simple7702()))
    return { account }
  },
  'a wallet that is not deployed, from an allowed factory': async () => {
    const account = await createSmallWallet(chain)
    return { account, factories: [account.factory] }
  },
  'the same wallet, once it is deployed': async () => {
    const account = await createSmallWallet(chain)
    await account.deploy()
    return { account }
  },
  'a wallet that is not deployed, from another factory': async () => ({
    account: await createSmallWallet(chain)
  }),
  'a wallet that is not deployed and does not say so': async () => ({
    account: await createSmallWallet(chain, false)
  }),
  'a contract, signed by a stranger': async () => ({
    account: await createMock1271(chain, { owner: newKey(), signer: newKey() })
  }),
  'a Safe of two owners, signed by one': async () => {
    const { address, signTypedData } = await createSafe(chain, [newKey(), newKey()])
    return {
      account: { address, signTypedData: async (data) => `0x${(await signTypedData(data)).slice(2, 132)}` }
    }
  },
  'EIP-7702: a contract that does not know the key': async () => {
    const account = newKey()
    await delegate(chain, account.address, await deploy(chain, artifacts.mock1271(), [newKey().address]))
    return { account }
  },
  'a signer that returns 64 bytes of its own': () => changing(() => `0x${'ab'.repeat(64)}`),
  'a signer that returns 97 bytes, without a contract': () => changing(() => `0x${'ab'.repeat(97)}`)
}

/** The table of the guide: account and what happens. */
const rows = readFileSync(new URL('../../docs/guides/wallets.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => /^\| ([^|]+) \| [^|]+ \| ((?:paid|refused|not sent)[^|]*) \|$/.exec(line))
  .flatMap((row) => (row ? [[row[1] ?? '', row[2] ?? ''] as const] : []))

/** Pays once, and says in the words of the table what happened. */
async function payOnce({ account, factories }: Payer): Promise<string> {
  const payTo = newKey().address
  const server = await startOfficialServer(chain, {
    payTo,
    amount: '12345',
    ...(factories ? { eip6492AllowedFactories: factories } : {})
  })
  const bursar = createBursar({
    evm: account,
    limits: { payment: '0.25' },
    ledger: 'memory',
    rpcUrls: { 'eip155:8453': chain.rpcUrl }
  })
  onTestFinished(() => bursar.close())
  await chain.mint(await createEvmPayer({ account }).address(), 1_000_000n)
  const result = await bursar.fetch(server.url).catch((error: unknown) => error)
  const error = bursarErrorOf(result)
  const spent = await chain.balanceOf(payTo)
  if (!error) {
    expect([(result as Response).status, spent, server.payments()]).toEqual([200, 12_345n, 1])
    expect(bursar.receiptOf(result as Response)).toMatchObject({ moneyState: 'settled' })
    return 'paid'
  }
  expect(spent).toBe(0n)
  if (server.payments() > 0) {
    expect(error).toMatchObject({ code: 'payment/refused', moneyState: 'sent' })
    return `refused by the seller: ${Reflect.get(error.context, 'reason')}`
  }
  expect(error).toMatchObject({ code: 'signer/failed', moneyState: 'none' })
  expect(await bursar.outstanding()).toEqual([])
  return `not sent: ${Reflect.get(error.context, 'reason')}`
}

describe('X104, X109, X110, X113, X123, X125: the guide’s table of wallets', () => {
  it('has a row for each that is run here, and no other', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(payers))
  })

  it.each(rows)('%s: %s', async (name, outcome) => {
    const create = payers[name] ?? expect.unreachable()
    expect(await payOnce(await create())).toBe(outcome)
  })
})

it('X111: a wrapped signature is tried out before it is sent, and one that a stranger made is not sent', async () => {
  const { address, factory, signTypedData } = await createSmallWallet(chain)
  const account: EvmAccount = {
    address,
    async signTypedData(data) {
      const { address: to = factory, data: deployment = '0x' } = parseErc6492Signature(
        await signTypedData(data)
      )
      const signature = await newKey().sign({ hash: zeroHash })
      return serializeErc6492Signature({ address: to, data: deployment, signature })
    }
  }
  expect(await payOnce({ account, factories: [factory] })).toBe(
    'not sent: the contract at its address does not take its signature'
  )
})
