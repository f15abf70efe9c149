import { fileURLToPath } from 'node:url'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { expect, onTestFinished, vi } from 'vitest'
import * as route from '../../examples/next-route/app/report/route.js'
import { type Answer, inEdge, inNode } from './in-next.js'

const routePath = fileURLToPath(import.meta.resolve('../../examples/next-route/app/report/route.ts'))

const test = stackTest({ solana: false })

/** What the route reads of its environment. */
function envOf(stack: Stack, { env }: StackWallets): Record<string, string> {
  return {
    EVM_PRIVATE_KEY: env.EVM_PRIVATE_KEY ?? expect.unreachable(),
    REPORT_URL: stack.env.X402_REPORT_URL,
    RPC_URL: stack.env.BURSAR_RPC_BASE ?? expect.unreachable()
  }
}

/** Three requests, of which the third is above the day's limit. */
async function expectBudget(answer: Answer, wallets: StackWallets): Promise<void> {
  const answers: unknown[] = []
  for (let count = 0; count < 3; count++) answers.push(await (await answer('http://localhost/report')).json())
  const sold = { report: expect.stringContaining('paid'), paid: '0.01' }
  expect(answers).toEqual([sold, sold, { error: 'offer/over-limit', money: 'none' }])
  await expect(wallets).toHaveSpent('0.02')
}

test('issue 19: the route of Next buys in Node, and its requests share one budget', async ({
  stack,
  wallets
}) => {
  for (const [name, value] of Object.entries(envOf(stack, wallets))) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expectBudget(await inNode(route), wallets)
})

test('issue 19: the route of Next buys on the edge, where there is nothing of Node', async ({
  stack,
  wallets
}) => {
  await expectBudget(await inEdge(routePath, envOf(stack, wallets)), wallets)
})
