import { render } from 'preact'
import { minuteText } from '../view/format.js'
import { Overview } from '../view/overview.js'
import { FreezeControl } from './freeze-control.js'
import { type Connection, type LedgerView, useLedger } from './use-ledger.js'

/** What each connection means, in words. */
const connections: Readonly<Record<Connection, string>> = {
  connecting: 'connecting …',
  live: 'live',
  lost: 'disconnected: the command does not answer',
  unreadable: 'the ledger cannot be read'
}

function Page() {
  const view = useLedger()
  const { snapshot, connection, problem, readAll } = view
  return (
    <>
      <a class="skip" href="#content">
        To the content
      </a>
      <header>
        <h1>Bursar</h1>
        <p class={`connection ${connection}`} role="status">
          {connections[connection]}
        </p>
        {snapshot && <FreezeControl frozen={snapshot.frozen} onDone={readAll} />}
      </header>
      <main id="content" tabIndex={-1} aria-busy={snapshot === undefined}>
        {problem !== undefined && <Problem text={problem} onTry={readAll} />}
        {snapshot === undefined && problem === undefined && <p class="notice">Reading the ledger …</p>}
        {snapshot !== undefined && <Content view={view} />}
      </main>
    </>
  )
}

function Content({ view: { snapshot, balances, recent, readBalances } }: { readonly view: LedgerView }) {
  if (!snapshot) return null
  return (
    <>
      <Overview snapshot={snapshot} balances={balances} recent={recent} onReadBalances={readBalances} />
      <footer>{`As of ${minuteText(snapshot.takenAtMs)} UTC`}</footer>
    </>
  )
}

function Problem({ text, onTry }: { readonly text: string; readonly onTry: () => void }) {
  return (
    <div class="banner" role="alert">
      <strong>This cannot be shown now</strong>
      <p>{text}</p>
      <button type="button" class="plain" onClick={onTry}>
        Try again
      </button>
    </div>
  )
}

const root = document.getElementById('root')
if (root) {
  root.replaceChildren()
  render(<Page />, root)
}
