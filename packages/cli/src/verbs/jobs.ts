import { bursarErrorOf, systemClock } from '@bursar/core'
import type { Io } from '../io.js'
import { PendingJobs } from '../pending-jobs.js'
import { type Place, placeOf } from '../place.js'
import { short, table } from '../table.js'

const DAY_MS = 86_400_000

/** Lists jobs: those that a command was cut off from, and those that the record knows of the last days. */
export async function listJobs(
  io: Io,
  { days = '7', json }: { readonly days?: string; readonly json?: boolean }
): Promise<void> {
  if (!/^\d{1,4}$/.test(days)) throw new TypeError('--days is a number of days')
  const waiting = new PendingJobs(io.env).list()
  const known = await boughtJobs(io, systemClock.nowMs() - Number(days) * DAY_MS)
  const open = new Set(waiting.map(({ job }) => job))
  const rows = [
    ...waiting.map(({ job, verb, model, prompt, startedAtMs }) => ({
      job: job ?? null,
      model,
      at: new Date(startedAtMs).toISOString(),
      state: job === undefined ? `cut off: bursar ${verb} again` : 'not saved',
      prompt
    })),
    ...known.filter(({ job }) => !open.has(job))
  ]
  if (json) return io.out(`${JSON.stringify(rows)}\n`)
  const cells = rows.map(({ job, model, at, state }) => [
    at.slice(0, 16).replace('T', ' '),
    job ?? '-',
    short(model, 20),
    state
  ])
  io.out(cells.length === 0 ? 'There is none.\n' : table(cells))
}

async function boughtJobs(io: Io, fromMs: number) {
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const ledger = sqliteLedger({ path: defaultPath(io.env) })
  try {
    const rows: { job: string; model: string; at: string; state: string; prompt: string }[] = []
    for await (const { job, labels, notedAtMs } of ledger.jobs({ fromMs })) {
      const at = new Date(notedAtMs).toISOString()
      rows.push({ job, model: labels.model ?? '', at, state: 'bought', prompt: '' })
    }
    return rows
  } finally {
    await ledger.close()
  }
}

/** Takes a job of Katana's up, whoever began it, and saves what it made. */
export async function resumeJob(
  io: Io,
  id: string,
  { url, output }: Place & { readonly output: string }
): Promise<void> {
  const { createKatanaClient } = await import('@bursar/generation/katana')
  const katana = createKatanaClient(placeOf(io, 'katana', url))
  const saved = await katana.jobs
    .resume(id, { billing: 'direct' })
    .save(output, { existing: 'keep' })
    .catch((error: unknown) => {
      if (bursarErrorOf(error, 'service/refused')?.context.status === 404)
        throw new TypeError(`The service knows no job ${id}: bursar jobs lists those that were bought`)
      throw error
    })
  new PendingJobs(io.env).forget(id)
  io.out(saved.map(({ path }) => `${path}\n`).join(''))
}
