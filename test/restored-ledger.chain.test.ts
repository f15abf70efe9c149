import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()

/** A home with a funded account and a limit for five reports, and the command as users run it. */
async function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-restored-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  const env = { BURSAR_HOME: home, EVM_PRIVATE_KEY: key, BURSAR_RPC_BASE: stack.chain.rpcUrl }
  const bursar = (...argv: string[]) => startCommand(env, ...argv).ended
  await bursar('limits', 'set', 'total=0.25')
  const buy = (name: string) =>
    bursar('pay', `${stack.gateway.url}/standard/v2/report?usdc=0.05`, '--max-amount', '0.05', '--name', name)
  const paid = async () => (await stack.chain.authorizationsUsed(address)).length
  return { home, bursar, buy, paid }
}

it('M31: a ledger that is restored from a backup pays nothing until reconcile has entered what was paid since', async () => {
  const { home, bursar, buy, paid } = await newHome()
  await buy('1')
  const { out } = await bursar('backup', join(home, 'backup.db'))
  for (const name of ['2', '3', '4', '5']) expect(await buy(name)).toMatchObject({ code: 0 })
  // The disk is lost. What is left is the backup, in a folder that knows of nothing.
  for (const beside of ['', '-wal', '-shm', '-mark'])
    rmSync(join(home, `ledger.db${beside}`), { force: true })
  copyFileSync(out.trim(), join(home, 'ledger.db'))
  const refused = await buy('6')
  expect(refused.err).toMatch(
    /ledger\/unavailable: .*restored from a backup of .*; it must be compared with the chain/
  )
  expect(refused.code).not.toBe(0)
  expect((await bursar('doctor')).out).toMatch(/NOT OK {2}record {2}.*pays nothing until bursar reconcile/)
  expect(await paid()).toBe(5)
  const found = await bursar('reconcile', '--json')
  expect(found.code).toBe(6)
  const { discrepancies } = JSON.parse(found.out) as { discrepancies: { kind: string }[] }
  expect(discrepancies.map(({ kind }) => kind)).toEqual(Array(4).fill('debited-unknown'))
  // Five were paid, one of them by name and four unknown: the limit has no room for a sixth.
  expect(await buy('6')).toMatchObject({ code: 3, err: expect.stringContaining('offer/over-limit') })
  expect(await buy('1')).toMatchObject({ code: 3, err: expect.stringContaining('purchase/already-settled') })
  expect(await paid()).toBe(5)
  expect(await bursar('reconcile')).toMatchObject({ code: 0, out: expect.stringContaining('They agree.') })
  expect((await bursar('doctor')).out).toMatch(/\bok {6}record/)
})
