/** Browsers have no file, so the caller must choose a ledger that is lost with the page. */
export function defaultLedger(): never {
  throw new TypeError(
    "There is no file here: say ledger: 'memory', which is lost with the page, or give a ledger"
  )
}
