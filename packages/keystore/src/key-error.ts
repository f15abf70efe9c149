import { BursarError } from '@bursar/core'

/** A key file that cannot be read. */
export function damagedKey(path: string, reason: string): BursarError<'key/damaged'> {
  return new BursarError('key/damaged', {
    message: `The key file ${path} cannot be read: ${reason}.`,
    context: { path, reason },
    moneyState: 'none'
  })
}

/** A passphrase that does not open a key file. */
export function wrongPassphrase(path: string): BursarError<'key/passphrase-wrong'> {
  return new BursarError('key/passphrase-wrong', {
    message: `The passphrase does not open ${path}, or the file is damaged.`,
    context: { path },
    moneyState: 'none'
  })
}

/** A wallet that does not exist, or that has no key for a chain. */
export function noSuchKey(wallet: string, chain?: string): BursarError<'key/not-found'> {
  const what =
    chain === undefined ? `There is no wallet ${wallet}` : `The wallet ${wallet} has no key for ${chain}`
  return new BursarError('key/not-found', {
    message: `${what}: bursar wallet list shows what there is.`,
    context: chain === undefined ? { wallet } : { wallet, chain },
    moneyState: 'none'
  })
}

/** A key that would overwrite another. */
export function keyExists(wallet: string, chain: string): BursarError<'key/exists'> {
  return new BursarError('key/exists', {
    message: `The wallet ${wallet} has a key for ${chain} already. Nothing was written.`,
    context: { wallet, chain },
    moneyState: 'none'
  })
}

/** A wallet of which the address is known and the key is not. */
export function watchOnlyKey(path: string): BursarError<'key/watch-only'> {
  return new BursarError('key/watch-only', {
    message: `${path} has an address to look at and no key: nothing can be signed or paid with it. bursar wallet import takes the key in, under another name.`,
    context: { path },
    moneyState: 'none'
  })
}
