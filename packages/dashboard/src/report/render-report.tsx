import { createHash } from 'node:crypto'
import { renderToString } from 'preact-render-to-string'
import { readAsset } from '../server/assets.js'
import { dayText } from '../snapshot/period.js'
import { readSnapshot, type SnapshotSource } from '../snapshot/read-snapshot.js'
import type { BalanceRows, Snapshot } from '../snapshot/snapshot.js'
import { minuteText } from '../view/format.js'
import { Overview } from '../view/overview.js'

/** The options of a report. */
export interface ReportOptions extends Omit<SnapshotSource, 'files'> {
  /**
   * What the accounts hold. Default: none are shown.
   *
   * @example { balances: { rows: balanceRows(await bursar.balances()), note: '' } }
   */
  readonly balances?: BalanceRows | undefined
}

/**
 * Writes the page as one HTML file with the data in it. It has no script, loads nothing, and holds no secret: what servers
 * chose is text.
 *
 * @throws {BursarError} `ledger/unavailable`
 */
export async function renderReport({ balances, ...source }: ReportOptions): Promise<string> {
  const snapshot = await readSnapshot(source)
  const style = (await readAsset('page.css')).toString('utf8')
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Bursar: ${periodText(snapshot)}</title>
<style>${style}</style>
</head>
<body>${renderToString(<Report snapshot={snapshot} balances={balances ?? noBalances} />)}</body>
</html>
`
}

const noBalances: BalanceRows = { rows: [], note: 'Balances are not part of this report.' }

function Report({ snapshot, balances }: { readonly snapshot: Snapshot; readonly balances: BalanceRows }) {
  return (
    <>
      <header>
        <h1>Bursar</h1>
        <p class="connection">{periodText(snapshot)}</p>
      </header>
      <main>
        <Overview snapshot={snapshot} balances={balances} hasPictures={false} />
        <footer>{`As of ${minuteText(snapshot.takenAtMs)} UTC`}</footer>
      </main>
    </>
  )
}

function periodText({ period: { fromMs, untilMs } }: Snapshot): string {
  return `${dayText(fromMs)} to ${dayText(untilMs - 1)}`
}
