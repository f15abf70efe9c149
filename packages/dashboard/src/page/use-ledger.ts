import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { BalanceRows, PurchaseRow, Snapshot } from '../snapshot/snapshot.js'
import { readFromServer } from './server-calls.js'

/** Whether the page is told what happens. `unreadable`: the server is there, and its ledger cannot be read. */
export type Connection = 'connecting' | 'live' | 'lost' | 'unreadable'

/** How long changes are gathered before everything is read again. */
const GATHER_MS = 700
const MAX_RECENT = 20

/** What the page knows. */
export interface LedgerView {
  readonly snapshot: Snapshot | undefined
  readonly balances: BalanceRows | undefined
  readonly recent: readonly PurchaseRow[]
  readonly connection: Connection
  /** Why the newest reading failed. */
  readonly problem: string | undefined
  readonly readAll: () => void
  readonly readBalances: () => void
}

/** Reads the ledger, and reads it again when something happens on it. */
export function useLedger(): LedgerView {
  const [snapshot, setSnapshot] = useState<Snapshot>()
  const [recent, setRecent] = useState<readonly PurchaseRow[]>([])
  const [problem, setProblem] = useState<string>()
  const readAll = useCallback(() => {
    readFromServer<Snapshot>('api/snapshot').then(
      (read) => {
        setSnapshot(read)
        setRecent(read.recent)
        setProblem(undefined)
      },
      (error: unknown) => setProblem(wordsOf(error))
    )
  }, [])
  const change = useCallback(
    (rows: readonly PurchaseRow[]) => setRecent((before) => merged(before, rows)),
    []
  )
  useEffect(readAll, [])
  const connection = useEvents(change, readAll)
  return { snapshot, recent, connection, problem, readAll, ...useBalances() }
}

function useBalances(): Pick<LedgerView, 'balances' | 'readBalances'> {
  const [balances, setBalances] = useState<BalanceRows>()
  const readBalances = useCallback(() => {
    setBalances(undefined)
    readFromServer<BalanceRows>('api/balances').then(setBalances, (error: unknown) =>
      setBalances({ rows: [], note: `Balances are unknown. ${wordsOf(error)}` })
    )
  }, [])
  useEffect(readBalances, [])
  return { balances, readBalances }
}

/** Listens to the server. A browser connects again by itself. */
function useEvents(change: (rows: readonly PurchaseRow[]) => void, readAll: () => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const events = new EventSource('api/events')
    const readSoon = (): void => {
      clearTimeout(timer.current)
      timer.current = setTimeout(readAll, GATHER_MS)
    }
    events.addEventListener('hello', () => {
      setConnection('live')
      readAll()
    })
    events.addEventListener('changed', ({ data }) => {
      setConnection('live')
      change(JSON.parse(data).purchases)
      readSoon()
    })
    events.addEventListener('unreadable', () => setConnection('unreadable'))
    events.addEventListener('error', () => setConnection('lost'))
    return () => {
      events.close()
      clearTimeout(timer.current)
    }
  }, [])
  return connection
}

/** New rows come first, and changed ones stay where they are. */
function merged(before: readonly PurchaseRow[], rows: readonly PurchaseRow[]): readonly PurchaseRow[] {
  const changed = new Map(rows.map((row) => [row.id, row]))
  const known = new Set(before.map(({ id }) => id))
  const added = rows.filter(({ id }) => !known.has(id))
  return [...added, ...before.map((row) => changed.get(row.id) ?? row)].slice(0, MAX_RECENT)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The page failed.'
}
