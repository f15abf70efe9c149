/**
 * Signs payments for one account of one family of chains: with a key of its own, or through a wallet.
 *
 * @typeParam Address how the family writes an address.
 * @typeParam Request what is signed.
 * @typeParam Signed what comes back.
 */
export interface Authorizer<Address, Request, Signed> {
  /** The account's address. @throws {TypeError} when a wallet is not connected, or a key is damaged. */
  address(): Promise<Address>
  /**
   * Uses the key, or asks the wallet.
   *
   * @param signal aborts once nobody waits for it.
   * @throws {BursarError} `signer/failed`
   */
  sign(request: Request, signal?: AbortSignal): Promise<Signed>
  /**
   * Returns the function that signs synchronously, once its backend is loaded. Keys in Node have one; browsers and
   * wallets have none.
   */
  syncSigner(): Promise<((request: Request) => Signed) | undefined>
}
