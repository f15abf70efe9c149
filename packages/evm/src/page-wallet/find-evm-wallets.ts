import type { EvmProvider } from '../rpc/evm-transport.js'

/** A wallet as it announces itself. Its words are its own: show them as text, and the icon as an image. */
export interface FoundEvmWallet {
  readonly info: {
    /** Another one each time that the page is loaded. */
    readonly uuid: string
    readonly name: string
    /** A data URI. */
    readonly icon: string
    /** Stays the same: `io.metamask`. */
    readonly rdns: string
  }
  readonly provider: EvmProvider
}

/** Where wallets announce themselves: the window. */
type Announcements = Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'>

/**
 * Finds the wallets that are installed in the browser, also those that come later.
 *
 * @param onWallet is called once for each wallet, for most of them before this returns.
 * @returns what ends it.
 * @example
 * ```ts
 * const stop = findEvmWallets(({ info, provider }) => addButton(info.name, () => connectEvmWallet(provider)))
 * ```
 * @see EIP-6963
 */
export function findEvmWallets(
  onWallet: (wallet: FoundEvmWallet) => void,
  page: Announcements = window
): () => void {
  const seen = new Set<string>()
  const hear = (event: Event): void => {
    const wallet: unknown = 'detail' in event ? event.detail : undefined
    if (!isFoundWallet(wallet) || seen.has(wallet.info.uuid)) return
    seen.add(wallet.info.uuid)
    onWallet(wallet)
  }
  page.addEventListener('eip6963:announceProvider', hear)
  page.dispatchEvent(new Event('eip6963:requestProvider'))
  return () => page.removeEventListener('eip6963:announceProvider', hear)
}

/** Any script of the page may announce anything. */
function isFoundWallet(value: unknown): value is FoundEvmWallet {
  const { info, provider } = Object(value)
  const texts = ['uuid', 'name', 'icon', 'rdns'].map((name) => Object(info)[name])
  return texts.every((text) => typeof text === 'string') && typeof provider?.request === 'function'
}
