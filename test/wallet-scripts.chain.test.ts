import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startGateway } from '@bursar/gateway'
import { startSolana } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { useStack } from './stack.js'

const stack = useStack()
const root = fileURLToPath(new URL('..', import.meta.url))

/** A home with an account on each chain, and the scripts as an operator runs them. */
async function newOperator() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-scripts-'))
  const solana = await startSolana()
  const gateway = await startGateway({
    base: stack.chain,
    solana: { ...solana, tokenAccount: 'missing' }
  })
  onTestFinished(async () => {
    await gateway.stop()
    await solana.stop()
    rmSync(home, { recursive: true })
  })
  const evm = generatePrivateKey()
  const svm = Keypair.generate()
  await stack.chain.mint(privateKeyToAccount(evm).address, 10_000_000n)
  await solana.mint(svm.publicKey.toBase58(), 10_000_000n)
  const env = {
    PATH: process.env.PATH ?? '',
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: evm,
    SVM_PRIVATE_KEY: bs58.encode(svm.secretKey),
    BURSAR_RPC_BASE: stack.chain.rpcUrl,
    BURSAR_RPC_SOLANA: solana.rpcUrl,
    KATANA_URL: gateway.url
  }
  const script = (name: string, ...args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', `scripts/wallet/${name}.ts`, ...args], {
        cwd: root,
        env
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
      child.on('close', (code) => resolve({ code, said }))
    })
  return { script, env }
}

it('S7, S12: the wallet scripts top up both chains, rent included, keep a balance above its floor, and say what there is', async () => {
  const { script, env } = await newOperator()
  expect(await script('top-up-base', '1.00')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^1 USDC credited; the balance is 1 USDC\.$/m)
  })
  expect(await script('top-up-solana', '0.50')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^0\.5 USDC credited; the balance is 0\.5 USDC\.$/m)
  })
  expect((await script('keep-above', '0.80', '2.00')).said).toBe('1 USDC: enough.\n')
  expect((await script('keep-above', '1.50', '2.00')).said).toContain(
    '2 USDC credited; the balance is 3 USDC.\n'
  )
  expect((await script('keep-above', '1.50', '2.00')).said).toBe('3 USDC: enough.\n')
  const { said } = await script('balances')
  expect(said).toMatch(/^katana +prepaid from Base +3 USDC/m)
  expect(said).toMatch(/^katana +prepaid from Solana +0\.5 USDC/m)
  expect(said.split('\n')).toHaveLength(6)
  for (const key of [env.EVM_PRIVATE_KEY.slice(2), env.SVM_PRIVATE_KEY]) expect(said).not.toContain(key)
})

it('P69: a wrong argument of a wallet script is one line, and exit code 2', async () => {
  const { script } = await newOperator()
  for (const [name, ...words] of [
    ['top-up-base', 'a lot'],
    ['top-up-solana', '-1'],
    ['top-up-base'],
    ['keep-above', '2'],
    ['keep-above', 'NaN', '5']
  ] as const)
    expect(await script(name, ...words), name).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^[^\n]+\n$/)
    })
})
