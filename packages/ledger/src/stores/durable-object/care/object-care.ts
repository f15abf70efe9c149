import { bursarErrorOf } from '@bursar/core'
import { forgottenUntil } from '../../../rules/retention.js'
import { backupError, readBackup } from '../../backup/read-backup.js'
import { BackupWriter } from '../../backup/write-backup.js'
import { backupReason } from '../../restored.js'
import { backupRows } from '../../sqlite/care/backup-rows.js'
import {
  FORGET_BATCH,
  forgetJobs,
  forgetPurchases,
  forgetTotals,
  noteForgotten
} from '../../sqlite/care/forget-batch.js'
import { restoreRows } from '../../sqlite/care/restore-rows.js'
import { decode, encode } from '../../wire.js'
import { objectFile } from '../object-file.js'
import type { ObjectStorage } from '../object-state.js'
import type { CarePath, PruneAnswer, PruneRequest } from './care-messages.js'

type Care = (storage: ObjectStorage, request: Request) => Promise<Response>

/** What is done to the ledger as a whole, by the path that it is asked by. Each is one transaction. */
export const objectCare: Readonly<Record<CarePath, Care>> = {
  '/prune': async (storage, request) => {
    const asked = decode(await request.text()) as PruneRequest
    return new Response(encode(storage.transactionSync(() => prune(storage, asked))))
  },
  '/backup': async (storage, request) => {
    const { nowMs = Date.now() } = decode(await request.text()) as Pick<PruneRequest, 'nowMs'>
    return new Response(streamOf(storage.transactionSync(() => backup(storage, nowMs))))
  },
  '/restore': async (storage, request) => {
    const bytes = new Uint8Array(await request.arrayBuffer())
    try {
      storage.transactionSync(() => restore(storage, bytes))
      return new Response()
    } catch (error) {
      const failure = bursarErrorOf(error, 'ledger/unavailable')
      if (!failure) throw error
      return new Response(failure.context.reason, { status: 409 })
    }
  }
}

/** One batch of everything: others wait for it no longer than for a payment. */
function prune({ sql }: ObjectStorage, { keepMs, nowMs = Date.now() }: PruneRequest): PruneAnswer {
  const untilMs = forgottenUntil(keepMs, nowMs)
  const [file, until] = [objectFile(sql), BigInt(untilMs)]
  noteForgotten(file, until)
  const [purchases, jobs, totals] = [
    forgetPurchases(file, until),
    forgetJobs(file, until),
    forgetTotals(file, until)
  ]
  return { purchases, jobs, untilMs, isDone: Math.max(purchases, jobs, totals) < FORGET_BATCH }
}

function backup({ sql }: ObjectStorage, nowMs: number): readonly Uint8Array[] {
  const writer = new BackupWriter(nowMs)
  for (const row of backupRows(objectFile(sql))) writer.add(row)
  return writer.finish()
}

function restore({ sql }: ObjectStorage, bytes: Uint8Array): void {
  try {
    const { atMs, rows } = readBackup(bytes)
    restoreRows(objectFile(sql), { rows: rows(), reason: backupReason(atMs) })
  } catch (error) {
    throw backupError(error)
  }
}

function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = parts.values()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next()
      if (done) controller.close()
      else controller.enqueue(value)
    }
  })
}
