import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { storedPurchase } from '../../test/stored-purchase.js'
import { sqliteLedger } from '../sqlite.js'
import { migration, SCHEMA_VERSION } from './schema.js'

describe('a file of an earlier version', () => {
  it('is brought to this one with everything in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'ledger.db')
    const file = new Database(path)
    file.exec(migration(0, 1))
    const { id, fingerprint, facts, secrets } = storedPurchase
    file
      .prepare(
        "INSERT INTO purchases VALUES (1, ?, ?, NULL, 'a.example', 'eip155:8453', 7, 'sent', 'failed', 's', 1, ?, ?)"
      )
      .run(id, fingerprint, facts, secrets)
    file.exec("INSERT INTO sums VALUES ('total', 7, 0, 0)")
    file.close()
    const ledger = sqliteLedger({ path })
    onTestFinished(() => ledger.close())
    const query = { fingerprint, endedAfterMs: 0 }
    expect(await ledger.resume(query)).toMatchObject({ id, state: 'sent', header: { value: 'bytes' } })
    await ledger.recordEvent(id, { type: 'job', job: 'request-1' })
    const found: string[] = []
    for await (const purchase of ledger.history({ job: 'request-1' })) found.push(purchase.id)
    expect(found).toEqual([id])
  })

  it('keeps the bytes that pay as long as they are needed, and no longer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const version of [1, 2]) {
      const path = join(folder, `${version}.db`)
      const file = new Database(path)
      file.exec(migration(0, version))
      const { id, fingerprint, facts, secrets } = storedPurchase
      const insert = file.prepare(
        'INSERT INTO purchases (id, fingerprint, host, network, cost, state, call, session, reserved_at, facts, ' +
          "secrets) VALUES (?, ?, 'a.example', 'eip155:8453', 7, 'sent', 'failed', 's', 1, ?, ?)"
      )
      insert.run(`${id}-final`, `${fingerprint}-final`, facts, null)
      insert.run(id, fingerprint, facts, secrets)
      file.close()
      const ledger = sqliteLedger({ path })
      expect(await ledger.get(id)).toMatchObject({ header: { value: 'bytes' } })
      await ledger.recordEvent(id, { type: 'dead' })
      await ledger.close()
      const left = new Database(path)
      expect(left.prepare('SELECT * FROM secrets').all()).toEqual([])
      left.close()
      expect(readFileSync(path).toString('latin1')).not.toContain('"bytes"')
    }
  })

  it('comes to the same tables whichever version it starts from', () => {
    const tablesAfter = (steps: readonly string[]): unknown => {
      const file = new Database(':memory:')
      onTestFinished(() => void file.close())
      for (const step of steps) file.exec(step)
      return file.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()
    }
    const versions = Array.from({ length: SCHEMA_VERSION }, (_, version) => migration(version, version + 1))
    expect(tablesAfter(versions)).toEqual(tablesAfter([migration(0)]))
  })
})
