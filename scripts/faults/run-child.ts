import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SLOT_TIME_MS, SOLANA, type Stage } from './stage.js'

/** A call that a program makes until it is answered. */
export interface FaultyPurchase {
  /** Its own name for the call, which its label carries. */
  readonly call: string
  /** Whether the purchase has that name too. One without is found again as an equal call. */
  readonly isNamed: boolean
  readonly url: string
  readonly fault?: string
  readonly network: string
  readonly attempts: number
}

/** What a program is to do, and when it dies. */
export interface ChildTask {
  readonly limits: object
  readonly purchases: readonly FaultyPurchase[]
  /** Where it notes which calls are answered. */
  readonly answersFile: string
  /** Whether it asks the chains about everything unresolved first. */
  readonly recovers: boolean
  /** When it dies, at the latest when its work is done. Absent: it ends as programs do. */
  readonly death?: Death
}

/** At a step, which it has come to so many times, or so long after its start, whichever comes first. */
interface Death {
  readonly at?: { readonly step: string; readonly count: number } | undefined
  readonly afterMs: number
}

/** Runs a program to its end or its death. Tells whether it was killed. */
export async function runChild(stage: Stage, { death, ...task }: ChildTask): Promise<boolean> {
  const { base, solana, evmKey, keypair, ledger } = stage
  const dies = { isKilled: death !== undefined, killAt: death?.at }
  const told = {
    ...{ ...task, ...dies, ledger, evmKey, slotTimeMs: SLOT_TIME_MS },
    solanaSeed: JSON.stringify([...keypair.secretKey]),
    rpcUrls: { 'eip155:8453': base.rpcUrl, [SOLANA]: solana.rpcUrl }
  }
  const child = spawn(process.execPath, [fileURLToPath(new URL('child.mjs', import.meta.url))], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, FAULTS_CHILD: JSON.stringify(told) },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>
  if (death) {
    await Promise.race([gone, once(child.stdout, 'data').then(() => sleep(death.afterMs))])
    child.kill('SIGKILL')
  }
  const [code, signal] = await gone
  if (code !== 0 && signal !== 'SIGKILL') throw new TypeError(`A paying program ended with ${code ?? signal}`)
  return signal === 'SIGKILL'
}
