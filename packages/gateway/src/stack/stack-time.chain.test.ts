import { readdirSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { Stack } from './stack.js'
import { startStack } from './start-stack.js'

async function start(): Promise<Stack> {
  const stack = await startStack({ solana: false })
  onTestFinished(() => stack.stop())
  return stack
}

const aheadMs = ({ options }: Stack): number => options.clock.nowMs() - Date.now()

it('P72, P73: what tests do at once with time and state is done in turn', async () => {
  const stack = await start()
  const [restore] = await Promise.all([stack.snapshot(), stack.travel(1_000), stack.reset(), stack.reset()])
  expect(aheadMs(stack)).toBeLessThan(500_000)
  await Promise.all([stack.travel(1_000), stack.travel(1_000), stack.newWallet(), stack.newWallet()])
  expect(aheadMs(stack)).toBeGreaterThan(1_999_000)
  await expect(restore()).rejects.toThrow('restore: an earlier snapshot was restored since this one was made')
  await Promise.all([stack.reset(), stack.reset(), stack.reset()])
  expect(aheadMs(stack)).toBeLessThan(500_000)
  const { base = expect.unreachable() } = await stack.newWallet('2')
  expect(await stack.base?.balanceOf(base.address)).toBe(2_000_000n)
})

it('P73: a snapshot that an earlier one ended is refused, and leaves everything as it is', async () => {
  const stack = await start()
  const earlier = await stack.snapshot()
  await stack.travel(600)
  const later = await stack.snapshot()
  await later()
  expect(aheadMs(stack)).toBeGreaterThan(500_000)
  await earlier()
  const chain = stack.base ?? expect.unreachable()
  const before = await chain.nowSeconds()
  await expect(later()).rejects.toThrow(TypeError)
  expect([await chain.nowSeconds(), aheadMs(stack) < 500_000]).toEqual([before, true])
  await earlier()
})

it('P73: a snapshot of a chain alone that an earlier one ended is refused too', async () => {
  const chain = (await start()).base ?? expect.unreachable()
  const earlier = await chain.snapshot()
  const later = await chain.snapshot()
  await later()
  await earlier()
  await expect(later()).rejects.toThrow('an earlier snapshot was restored')
})

it('after its end a stack says so, and makes no folders', async () => {
  const stack = await start()
  const restore = await stack.snapshot()
  const folder = `${stack.env.BURSAR_HOME}/..`
  await stack.stop()
  for (const [act, name] of [
    [() => stack.newWallet(), 'newWallet'],
    [() => stack.travel(1), 'travel'],
    [() => stack.snapshot(), 'snapshot'],
    [() => stack.reset(), 'reset'],
    [() => stack.spentBy(), 'spentBy'],
    [restore, 'restore']
  ] as const)
    await expect(act()).rejects.toThrow(new TypeError(`${name}: the stack was stopped`))
  await expect(stack.wallets.base?.payments()).rejects.toThrow('was it, or its stack, stopped?')
  expect(() => readdirSync(folder)).toThrow('ENOENT')
})
