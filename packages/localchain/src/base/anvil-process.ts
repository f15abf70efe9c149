import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { chainUnavailable } from '../chain-unavailable.js'
import { anvilBinary } from './anvil-binary.js'
import { superviseCommand } from './supervisor.js'

/** How long anvil may take to listen. It takes about 100 ms on an idle machine. */
const START_LIMIT_MS = 60_000
const MAX_OUTPUT_CHARACTERS = 10_000

/** A running anvil. */
export interface AnvilProcess {
  readonly rpcUrl: string
  /** Ends it and waits until it is gone. Can be called again. */
  stop(): Promise<void>
}

/**
 * Starts anvil on loopback. It ends with this process, even when that is killed.
 *
 * @throws {BursarError} `chain/unavailable` when it cannot start.
 * @throws the signal's reason when aborted.
 */
export async function startAnvil(args: readonly string[], signal?: AbortSignal): Promise<AnvilProcess> {
  signal?.throwIfAborted()
  const supervised = superviseCommand(anvilBinary(), ['--host', '127.0.0.1', ...args])
  const child = spawn(supervised.program, supervised.args, { windowsHide: true })
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.ref()
    child.stdin.destroy()
    // One that never began has ended too, and why is said by its start.
    await exited.catch(() => {})
  }
  try {
    const rpcUrl = await listening(child, exited, signal)
    letProcessEnd(child)
    return { rpcUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The URL that anvil prints when it listens. */
function listening(
  child: ChildProcessWithoutNullStreams,
  exited: Promise<unknown>,
  signal: AbortSignal | undefined
): Promise<string> {
  const listeners = new AbortController()
  return new Promise<string>((resolve, reject) => {
    let output = ''
    const read = (text: Buffer): void => {
      if (output.length < MAX_OUTPUT_CHARACTERS) output += text.toString()
      const address = /Listening on (\S+)/.exec(output)?.[1]
      if (address) resolve(`http://${address}`)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    const fail = (why: string): void => reject(chainUnavailable('base', `anvil did not start: ${why}`))
    exited.then(
      () => fail(output.trim().slice(-500) || 'it ended'),
      (error: Error) => fail(error.message)
    )
    setTimeout(() => fail(`it did not listen within ${START_LIMIT_MS} ms`), START_LIMIT_MS).unref()
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: listeners.signal })
  }).finally(() => listeners.abort())
}

/** Lets a program end that forgets to stop the chain. The chain then ends with it. */
function letProcessEnd(child: ChildProcessWithoutNullStreams): void {
  child.unref()
  for (const pipe of [child.stdin, child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref()
}
