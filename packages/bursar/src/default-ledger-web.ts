/** Browsers have no file: that the record is lost with the page must be said. */
export function defaultLedger(): never {
  throw new TypeError(
    "There is no file here: say ledger: 'memory', which is lost with the page, or give a ledger"
  )
}
