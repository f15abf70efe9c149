import { bursarErrorOf } from '@bursar/core'
import { type Chain, type ChainKey, createChainKey } from './chain-key.js'
import type { DerivedKeys } from './derived-keys.js'
import { damagedKey } from './key-error.js'
import { type KeyPlace, readJson } from './key-folder.js'
import { decryptDerived, deriveKey, type EncryptedKey, encryptionId, encryptKey } from './secret-storage.js'
import { StoredFields } from './stored-fields.js'

/** Reads a key file. @throws {BursarError} `key/damaged` */
export async function readKeyFile({ path }: KeyPlace): Promise<EncryptedKey> {
  return { stored: await readJson(path), path }
}

/** Opens a key file. @throws {BursarError} `key/passphrase-wrong`, `key/damaged`, `key/watch-only` */
export async function openKeyFile(place: KeyPlace, passphrase: string): Promise<ChainKey> {
  const file = await readKeyFile(place)
  return openDerived(place.chain, file, await deriveKey(file, passphrase))
}

/** Opens a file with what was derived for it. `undefined`: nothing was. @throws {BursarError} as {@link openKeyFile} */
export async function openKnownFile(place: KeyPlace, derived: DerivedKeys): Promise<ChainKey | undefined> {
  const file = await readKeyFile(place)
  const known = derived.get(encryptionId(file))
  return known && openDerived(place.chain, file, known)
}

/** Encrypts a key as the text of a file. */
export async function encryptKeyFile(
  { bytes, address, chain }: ChainKey,
  passphrase: string,
  cost: number | undefined
): Promise<string> {
  return `${JSON.stringify({ ...(await encryptKey(bytes, passphrase, cost)), address, chain })}\n`
}

/** The text of a file that has an address and no key. */
export function watchOnlyFile(chain: Chain, address: string): string {
  return `${JSON.stringify({ address, chain, watchOnly: true })}\n`
}

/** Opens a file by either passphrase, and says by which. */
export async function openByEither(
  place: KeyPlace,
  { before, after }: { readonly before: string; readonly after: string }
): Promise<{ readonly key: ChainKey; readonly isDone: boolean }> {
  try {
    return { key: await openKeyFile(place, before), isDone: false }
  } catch (error) {
    if (!bursarErrorOf(error, 'key/passphrase-wrong')) throw error
    const key = await openKeyFile(place, after).catch(() => {
      throw error
    })
    return { key, isDone: true }
  }
}

async function openDerived(chain: Chain, file: EncryptedKey, derived: Uint8Array): Promise<ChainKey> {
  const address = new StoredFields(file.stored, file.path).text('address')
  const key = await createChainKey(chain, decryptDerived(file, derived))
  if (key.address === address) return key
  throw damagedKey(file.path, 'it holds the key of another address than it says')
}
