import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { atomicUsdc, formatUsdc } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { startBase } from '@bursar/localchain'
import { startSolana } from '@bursar/localchain/solana'
import { Keypair } from '@solana/web3.js'
import { privateKeyToAccount } from 'viem/accounts'
import { type Chance, createChance } from '../../test/chance.js'
import { judge, type Verdict } from './judge.js'
import type { Stage } from './stage.js'

/** How a campaign runs. */
export interface CampaignOptions {
  /** Batches of purchases, each paid for by programs that are killed. */
  readonly runs: number
  /** The same seed draws the same purchases, faults and kills. */
  readonly seed: number
}

const SLOT_TIME_MS = 100
const PURCHASES_PER_RUN = 6
const KILLS_PER_RUN = 3
const LONGEST_LIFE_MS = 900
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** Each is killed at before anything else is left to chance. */
const steps = ['challenged', 'reserved', 'signed', 'sent', 'resent', 'resumed', 'settled', 'answered', 'lost']
const faults = [
  'answer-lost-before-settling',
  'answer-lost-after-settling',
  'answer-lost-after-settling*3',
  'error-500-after-settling',
  'error-402-after-settling',
  'answer-cut',
  'settlement-pending',
  'settlement-pending;lands=false',
  'blockhash-not-found;expires=false'
]

/** Runs a campaign and says what the chains say. */
export async function runCampaign({ runs, seed }: CampaignOptions): Promise<Verdict> {
  const chance = createChance(seed)
  const stage = await setStage()
  // Some purchases will not fit: the limit must hold under fire too.
  const limitAtomic = BigInt(Math.ceil(runs * PURCHASES_PER_RUN * 0.8)) * 10_000n
  const limits = { payment: '0.05', total: formatUsdc(atomicUsdc(limitAtomic)) }
  let kills = 0
  try {
    for (let run = 0; run < runs; run++) kills += await runOnce(stage, chance, { run, kills, limits })
    return { runs, kills, ...(await judge(stage, limitAtomic)) }
  } finally {
    await stage.gateway.stop()
    await Promise.all([stage.base.stop(), stage.solana.stop()])
    await rm(join(stage.ledgerPath, '..'), { recursive: true })
  }
}

interface Run {
  readonly run: number
  /** So far. */
  readonly kills: number
  readonly limits: object
}

/** Has one batch of purchases paid for by programs that are killed, and ended by one that is not. Counts the kills. */
async function runOnce(stage: Stage, chance: Chance, { run, kills, limits }: Run): Promise<number> {
  const purchases = Array.from({ length: PURCHASES_PER_RUN }, (_, index) => ({
    name: `r${run}-${index}`,
    url: `${stage.gateway.url}/standard/v2/report?purchase=r${run}-${index}`,
    network: chance.pick(['eip155:8453', SOLANA]),
    ...(chance.below(10) < 7 ? { fault: chance.pick(faults) } : {}),
    attempts: 1 + chance.below(3)
  }))
  let killed = 0
  for (let program = 0; program < KILLS_PER_RUN; program++) {
    const step = steps[kills + killed] ?? chance.pick([undefined, ...steps])
    const task = step ? { killAt: { step, count: 1 + chance.below(4) } } : {}
    const lifeMs = step ? undefined : chance.below(LONGEST_LIFE_MS)
    if (await runChild(stage, { limits, purchases, ...task }, lifeMs)) killed++
  }
  // The last program is left alone, and nothing fails any more.
  const calm = purchases.map(({ fault: _, ...purchase }) => ({ ...purchase, attempts: 3 }))
  await runChild(stage, { limits, purchases: calm })
  return killed
}

async function setStage(): Promise<Stage> {
  const [base, solana] = [await startBase(), await startSolana({ slotTimeMs: SLOT_TIME_MS })]
  const gateway = await startGateway({ base, solana })
  const keypair = Keypair.generate()
  const evmKey = `0x${Buffer.from(Keypair.generate().secretKey.slice(0, 32)).toString('hex')}` as const
  const evmAddress = privateKeyToAccount(evmKey).address
  await base.mint(evmAddress, 1_000_000_000n)
  await solana.mint(keypair.publicKey.toBase58(), 1_000_000_000n)
  const ledgerPath = join(await mkdtemp(join(tmpdir(), 'bursar-faults-')), 'ledger.db')
  return { base, solana, gateway, evmKey, evmAddress, keypair, ledgerPath }
}

/** Runs a program to its end, or to its death after `lifeMs`. Says whether it was killed. */
async function runChild(stage: Stage, task: object, lifeMs?: number): Promise<boolean> {
  const { base, solana, evmKey, keypair, ledgerPath } = stage
  const told = {
    ...task,
    ledger: ledgerPath,
    evmKey,
    solanaSeed: JSON.stringify([...keypair.secretKey]),
    rpcUrls: { 'eip155:8453': base.rpcUrl, [SOLANA]: solana.rpcUrl },
    slotTimeMs: SLOT_TIME_MS
  }
  const child = spawn(process.execPath, [fileURLToPath(new URL('child.mjs', import.meta.url))], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, FAULTS_CHILD: JSON.stringify(told) },
    stdio: ['ignore', 'inherit', 'inherit']
  })
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>
  if (lifeMs !== undefined) {
    await Promise.race([gone, sleep(lifeMs)])
    child.kill('SIGKILL')
  }
  const [code, signal] = await gone
  if (code !== 0 && signal !== 'SIGKILL') throw new TypeError(`A paying program ended with ${code ?? signal}`)
  return signal === 'SIGKILL'
}
