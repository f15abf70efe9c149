import { once } from 'node:events'
import { parseUsdc } from '@bursar/core'
import type { Stack, StackOptions } from '@bursar/gateway'
import type { CommandContext } from '../context.js'
import { exportLines, withoutSecrets } from '../process/environment.js'
import { runProgram } from '../process/run-program.js'
import { untilInterrupted } from '../process/until-interrupted.js'
import { networkName } from '../text/network-name.js'
import { UsageError } from '../usage-error.js'
import { startFaucet } from './dev-faucet.js'

/** The options of `dev`. */
export interface DevVerbOptions {
  readonly network: 'base' | 'solana' | 'all'
  readonly port?: number
  readonly funds: string
  readonly fork?: string
  readonly testnet?: boolean
  readonly json?: boolean
}

/** Runs the local stack until it is interrupted, or for as long as a command runs. */
export async function dev(
  context: CommandContext,
  command: readonly string[],
  options: DevVerbOptions
): Promise<void> {
  const stackOptions = readStackOptions(options)
  const { startStack } = await importGateway()
  context.progress.exitCode = await untilInterrupted(context.progress, async (interrupted) => {
    context.err('Starting the local chains …\n')
    try {
      await using stack = await startStack(stackOptions)
      return await useStack(context, stack, { command, options, interrupted })
    } finally {
      context.err('Chains and gateway are stopped.\n')
    }
  })
}

interface StackUse {
  readonly command: readonly string[]
  readonly options: DevVerbOptions
  readonly interrupted: AbortSignal
}

/** @returns the exit code. */
async function useStack(
  context: CommandContext,
  stack: Stack,
  { command, options, interrupted }: StackUse
): Promise<number> {
  await using faucet = await startFaucet(stack)
  const env = {
    ...stack.env,
    STANDARD_URL: `${stack.gateway.url}/standard/v2`,
    // The other networks do not run here: what looks at them would fail.
    BURSAR_TESTNET: options.testnet ? '1' : '0',
    ...faucet.env
  }
  context.err(stackText(stack, options))
  if (command.length > 0)
    return await runProgram({ command, env: { ...withoutSecrets(context.env), ...env }, interrupted })
  printEnv(context, env, options)
  if (!interrupted.aborted) await once(interrupted, 'abort')
  return 0
}

/** @throws {BursarError} `amount/malformed` */
function readStackOptions({ network, port, funds, fork, testnet }: DevVerbOptions): StackOptions {
  parseUsdc(funds)
  return {
    base: network !== 'solana' && (fork === undefined || { forkUrl: fork }),
    solana: network !== 'base',
    funds,
    ...(testnet ? { networks: 'testnet' } : {}),
    ...(port === undefined ? {} : { gateway: { port } })
  }
}

async function importGateway(): Promise<typeof import('@bursar/gateway')> {
  try {
    return await import('@bursar/gateway')
  } catch (cause) {
    throw new UsageError(
      'bursar dev needs the local stack, the package @bursar/gateway, which is not installed',
      {
        cause
      }
    )
  }
}

function stackText({ base, solana, gateway, wallets }: Stack, { funds }: DevVerbOptions): string {
  const chains = [
    ...(base
      ? [{ name: networkName(`eip155:${base.chainId}`), url: base.rpcUrl, wallet: wallets.base }]
      : []),
    ...(solana ? [{ name: networkName(solana.network), url: solana.rpcUrl, wallet: wallets.solana }] : [])
  ]
  const width = Math.max(...chains.map(({ name }) => name.length), 'Gateway'.length) + 2
  const rows = chains.flatMap(({ name, url, wallet }) => [
    [name, url],
    ['', `${funds} USDC for ${wallet?.address}`]
  ])
  const all = [...rows, ['Gateway', `${gateway.url}  Katana, standard x402, and the relays`]]
  return all.map(([name = '', text]) => `${name.padEnd(width)}${text}\n`).join('')
}

function printEnv(context: CommandContext, env: object, { json }: DevVerbOptions): void {
  if (json) context.out(`${JSON.stringify(env)}\n`)
  else context.out(unsetLines(env) + exportLines(env))
  context.err(hints)
}

/** A key of the user's own that stays set would pay on a chain that does not run here. */
function unsetLines(env: object): string {
  const unset = ['EVM_PRIVATE_KEY', 'SVM_PRIVATE_KEY'].filter((name) => !Object.hasOwn(env, name))
  return unset.map((name) => `unset ${name}\n`).join('')
}

const hints = `
Paste these lines into another terminal, or write them to a file and source it:
bursar dev > dev.env. Then try
  bursar pay "$STANDARD_URL/report" --max-amount 0.05
  bursar dev fund ADDRESS 5
Ctrl-C ends the stack. Its money is worth nothing elsewhere.
`
