/** What an account held of an asset when it was looked at, less what this bursar has paid with it since. */
export interface KnownBalance {
  readonly atomic: bigint
  readonly readAtMs: number
}
