import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type NetworkId, type SignedSweep } from '@bursar/core'
import { createFile, isFileError, makeFolder } from '@bursar/core/files'
import { dataPath } from '../files/data-folder.js'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** Which transfer a file is of: an account has one at a time for a network's token, and one for its coin. */
export type SweepKey = Pick<SignedSweep, 'network' | 'from' | 'asset'>

/** Signed transfers whose end is not known, each in a file, which is on the disk before the transfer is sent. */
export class SweepJournal {
  readonly #folder: string

  constructor(env: Env) {
    this.#folder = dataPath(env, 'sweeps')
  }

  /**
   * The transfer of an earlier run. Its file is never removed here: whatever is in it may have been sent.
   *
   * @throws {UsageError} when the file cannot be read, or is damaged.
   */
  async find(key: SweepKey): Promise<SignedSweep | undefined> {
    const path = this.#pathOf(key)
    const text = await readText(path)
    if (text === undefined) return undefined
    const signed = parseSigned(text)
    if (!signed)
      throw new UsageError(
        `${path} is damaged: a transfer of an earlier sweep may still get into a block. Look at ${key.from} in an explorer, and remove the file once nothing of it is pending. Nothing was sent`
      )
    return signed
  }

  /** @throws {UsageError} when another command is sending one. */
  async keep(signed: SignedSweep): Promise<void> {
    await makeFolder(this.#folder, 0o700)
    const text = JSON.stringify(signed, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    try {
      await createFile(this.#pathOf(signed), text)
    } catch (cause) {
      if (!isFileError(cause, 'EEXIST')) throw cause
      throw new UsageError('Another sweep of this wallet is going on. Nothing was sent by this one', {
        cause
      })
    }
  }

  /** Removes a transfer. Another run may have done so before, and be sending its next one: that one stays. */
  async forget(signed: SignedSweep): Promise<void> {
    const kept = await this.find(signed)
    if (kept?.bytes === signed.bytes) await rm(this.#pathOf(signed), { force: true })
  }

  #pathOf({ network, from, asset }: SweepKey): string {
    const kind = asset === undefined ? 'coin' : 'token'
    return join(this.#folder, `${network.replace(':', '-')}-${from}-${kind}.json`)
  }
}

/** `undefined`: there is no file. One that cannot be read is no reason to send another transfer. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isFileError(cause, 'ENOENT')) return undefined
    throw new UsageError(`${path}, of an earlier sweep, cannot be read. Nothing was sent`, { cause })
  }
}

function parseSigned(text: string): SignedSweep | undefined {
  const value = parseJson(text)
  if (!isJsonObject(value)) return undefined
  const { network, asset, from, to, amountAtomic, transaction, reference, feePayer, bytes, endsAt } = value
  const { validBefore } = value
  const texts = [from, to, amountAtomic, transaction, feePayer, bytes, endsAt]
  if (!isNetwork(network) || !texts.every((each) => typeof each === 'string')) return undefined
  if (![amountAtomic, endsAt].every((each) => /^\d+$/.test(String(each)))) return undefined
  // Without the end of its authorization, one on an EVM network could be called dead too early.
  if (network.startsWith('eip155:') && (reference === undefined) !== (validBefore === undefined))
    return undefined
  if (validBefore !== undefined && !/^\d+$/.test(String(validBefore))) return undefined
  return {
    network,
    ...(typeof asset === 'string' ? { asset } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(typeof validBefore === 'string' ? { validBefore: BigInt(validBefore) } : {}),
    from: String(from),
    to: String(to),
    amountAtomic: BigInt(String(amountAtomic)),
    transaction: String(transaction),
    feePayer: String(feePayer),
    bytes: String(bytes),
    endsAt: BigInt(String(endsAt))
  }
}

function isNetwork(value: unknown): value is NetworkId {
  return typeof value === 'string' && /^(?:eip155|solana):\w+$/.test(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
