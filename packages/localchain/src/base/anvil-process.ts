import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { anvilBinary } from './anvil-binary.js'
import { supervisorSource } from './supervisor.js'

/** How long anvil may take to listen; it takes about 100 ms. */
const START_LIMIT_MS = 20_000

/** A running anvil. */
export interface AnvilProcess {
  readonly rpcUrl: string
  /** Ends it, and waits until it is gone. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts anvil on loopback. It dies with this process, even by SIGKILL.
 *
 * @throws {TypeError} when it cannot start; the signal's reason when aborted.
 */
export async function startAnvil(args: readonly string[], signal?: AbortSignal): Promise<AnvilProcess> {
  signal?.throwIfAborted()
  const command = ['-e', supervisorSource, anvilBinary(), '--host', '127.0.0.1', ...args]
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
  const gone = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.ref()
    child.stdin.destroy()
    await gone
  }
  let said = ''
  const listening = new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      if (said.length < 10_000) said += text.toString()
      const address = /Listening on (\S+)/.exec(said)?.[1]
      if (address) resolve(`http://${address}`)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const fail = (why: string): void => reject(new TypeError(`anvil did not start: ${why}`))
    gone.then(
      () => fail(said.trim().slice(-500) || 'it ended'),
      (error: Error) => fail(error.message)
    )
    setTimeout(() => fail(`it did not listen within ${START_LIMIT_MS} ms`), START_LIMIT_MS).unref()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    const rpcUrl = await listening
    // A program that forgets to stop the chain may still end, and takes the chain with it.
    child.unref()
    for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as { unref?(): void }).unref?.()
    return { rpcUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
