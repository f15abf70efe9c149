import { randomBytes } from 'node:crypto'
import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { startBase } from '@bursar/localchain'
import { startSolana } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import sharp from 'sharp'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { beforeAll, onTestFinished } from 'vitest'
import type { Stage } from './play-sample.js'

const FUNDS = 60_000_000n
const KEY = { '{key}': 'local', '{secret}': 'hush' }

/** Both chains, and a Katana with one account, for the samples of one file. */
export function useKatanaStage() {
  let chains: { base: Awaited<ReturnType<typeof startBase>>; solana: Awaited<ReturnType<typeof startSolana>> }
  let gateway: Gateway
  beforeAll(async () => {
    chains = { base: await startBase(), solana: await startSolana() }
    const account = { key: KEY['{key}'], secret: KEY['{secret}'], credits: '1000' }
    gateway = await startGateway({ ...chains, katana: { accounts: [account], generationMs: 0 } })
    return async () => {
      await gateway.stop()
      await chains.solana.stop()
      await chains.base.stop()
    }
  })
  return {
    get gateway() {
      return gateway
    },
    /** A wallet of its own for one sample, with a top-up on its balance, and what the sample is played on. */
    async open(network: 'base' | 'solana' = 'base') {
      const key = generatePrivateKey()
      const keypair = Keypair.fromSeed(randomBytes(32))
      await chains.base.mint(privateKeyToAccount(key).address, FUNDS)
      await chains.solana.mint(keypair.publicKey.toBase58(), FUNDS)
      let proof = ''
      const tap = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
        proof = new Request(input, init).headers.get('x-sign-in-with-x') ?? proof
        return fetch(input, init)
      }
      const bursar = createBursar({
        ...(network === 'base' ? { evm: key } : { solana: keypair }),
        limits: { payment: '3', total: '50' },
        ledger: 'memory',
        rpcUrls: { [BASE]: chains.base.rpcUrl, [SOLANA_MAINNET]: chains.solana.rpcUrl },
        fetch: tap
      })
      onTestFinished(() => bursar.close())
      const katana = createKatana(bursar, { baseUrl: gateway.url, plainFetch: tap })
      await katana.balance.topUp('0.5')
      await katana.balance.balance()
      const stage = await stageOf(gateway, bursar.fetch, proof)
      return { bursar, katana, keypair, key, stage, chains }
    }
  }
}

async function stageOf({ url }: Gateway, send: Stage['send'], proof: string): Promise<Stage> {
  const background = { r: 20, g: 90, b: 160 }
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer()
  const { address } = JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) as { address: string }
  const placeholders = {
    ...KEY,
    'https://kat.imgnai.com': url,
    '{picture}': png.toString('base64'),
    '{proof}': proof,
    '{wallet}': address
  }
  return { url, send, placeholders }
}
