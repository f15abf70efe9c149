import { once } from 'node:events'
import { parseUsdc } from '@bursar/core'
import type { Stack, StackOptions, TestWallet } from '@bursar/gateway'
import type { Io } from '../io.js'
import { exportsOf, runIn, untilInterrupted, withoutSecrets } from '../run-in.js'

/** What `dev` is asked. */
export interface DevOptions {
  readonly network: string
  readonly port?: string
  readonly funds: string
  readonly fork?: string
  readonly json?: boolean
}

/**
 * Runs the local stack, until it is interrupted or for as long as a command runs.
 *
 * @returns the command's exit code.
 */
export async function dev(io: Io, command: readonly string[], options: DevOptions): Promise<number> {
  const asked = stackOptions(options)
  return untilInterrupted(async (interrupted) => {
    const { startStack } = await gatewayPackage()
    io.tell('Starting the local chains …\n')
    const stack = await startStack(asked)
    try {
      return await useStack(io, stack, command, options, interrupted)
    } finally {
      await stack.stop()
      io.tell('Chains and gateway are stopped.\n')
    }
  })
}

/** @throws {TypeError} @throws {BursarError} `amount/malformed` */
function stackOptions({ network, port, funds, fork }: DevOptions): StackOptions {
  if (network !== 'base' && network !== 'solana' && network !== 'all')
    throw new TypeError('--network is base, solana or all')
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) < 65_536))
    throw new TypeError('--port is a number up to 65535')
  parseUsdc(funds)
  return {
    base: network !== 'solana' && (fork === undefined || { forkUrl: fork }),
    solana: network !== 'base',
    funds,
    ...(port === undefined ? {} : { gateway: { port: Number(port) } })
  }
}

async function gatewayPackage(): Promise<typeof import('@bursar/gateway')> {
  try {
    return await import('@bursar/gateway')
  } catch (cause) {
    throw new TypeError('bursar dev needs the local stack: npm install --save-dev @bursar/gateway', { cause })
  }
}

async function useStack(
  io: Io,
  stack: Stack,
  command: readonly string[],
  { json, funds }: DevOptions,
  interrupted: AbortSignal
): Promise<number> {
  const { base, solana, gateway, wallets, env } = stack
  const fundsOf = (wallet: TestWallet | undefined): string =>
    `         ${funds} USDC for ${wallet?.address}\n`
  if (base) io.tell(`Base     ${base.rpcUrl}\n${fundsOf(wallets.base)}`)
  if (solana) io.tell(`Solana   ${solana.rpcUrl}\n${fundsOf(wallets.solana)}`)
  io.tell(`Gateway  ${gateway.url}  Katana, x402, and the relays\n`)
  if (command.length > 0) return runIn({ ...withoutSecrets(io.env), ...env }, command, interrupted)
  // A key of the user's that stays would pay on a chain that does not run here.
  const unset = ['EVM_PRIVATE_KEY', 'SVM_PRIVATE_KEY'].filter((name) => !Object.hasOwn(env, name))
  const unsets = unset.map((name) => `unset ${name}\n`).join('')
  io.out(json ? `${JSON.stringify(env)}\n` : unsets + exportsOf(env))
  io.tell(
    '\nPaste these lines into another terminal. Ctrl-C ends the stack.\nNothing of it is worth anything elsewhere.\n'
  )
  if (!interrupted.aborted) await once(interrupted, 'abort')
  return 0
}
