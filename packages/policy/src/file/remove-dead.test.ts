import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { disk, holderText, type LockFiles, ownHolder, removeDead } from './lock-holder.js'

const live = holderText(ownHolder())
const dead = holderText({
  ...ownHolder(),
  pid: Number(spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout)
})

function newLock(): { readonly folder: string; readonly lock: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, lock: join(folder, 'lock') }
}

function newSignal(): { readonly given: Promise<void>; give(): void } {
  let give = (): void => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}

/** Files whose next step of a kind waits until it is let go. */
function pausedAt(kind: keyof LockFiles): {
  readonly files: LockFiles
  readonly reached: Promise<void>
  go(): void
} {
  const [reached, gate] = [newSignal(), newSignal()]
  const pause = async (step: keyof LockFiles): Promise<void> => {
    if (step !== kind) return
    reached.give()
    await gate.given
  }
  const files: LockFiles = {
    read: (path) => pause('read').then(() => disk.read(path)),
    create: (path, text) => pause('create').then(() => disk.create(path, text)),
    remove: (path) => pause('remove').then(() => disk.remove(path))
  }
  return { files, reached: reached.given, go: gate.give }
}

describe('M46: the lock of a dead process', () => {
  it('that another has removed by then is not taken from who holds it now, and no third gets it', async () => {
    const { folder, lock } = newLock()
    writeFileSync(lock, dead)
    // The first has read that the holder is dead, and goes no further.
    const first = pausedAt('create')
    const removing = removeDead(lock, first.files)
    await first.reached
    await removeDead(lock)
    await disk.create(lock, live)
    first.go()
    await removing
    expect(readFileSync(lock, 'utf8')).toBe(live)
    await expect(disk.create(lock, live)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it('stays for as long as one who removes it has not come to it: nobody else does, and nobody takes it', async () => {
    const { folder, lock } = newLock()
    writeFileSync(lock, dead)
    const first = pausedAt('remove')
    const removing = removeDead(lock, first.files)
    await first.reached
    await removeDead(lock)
    await expect(disk.create(lock, live)).rejects.toMatchObject({ code: 'EEXIST' })
    first.go()
    await removing
    expect(readdirSync(folder)).toEqual([])
  })

  it('is removed although one was killed while it removed it', async () => {
    const { folder, lock } = newLock()
    writeFileSync(lock, dead)
    const first = pausedAt('remove')
    const killed = removeDead(lock, first.files)
    await first.reached
    const [removal = ''] = readdirSync(folder).filter((name) => name !== 'lock')
    writeFileSync(join(folder, removal), dead)
    await removeDead(lock)
    await removeDead(lock)
    expect(readdirSync(folder)).toEqual([])
    first.go()
    await killed
  })

  it('is one’s alone, in whatever order the steps of three come', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomOf(seed)
      const { files, run } = scheduled(random, { lock: dead })
      let [inside, most, entered] = [0, 0, 0]
      const work = async (): Promise<void> => {
        for (let tries = 0; tries < 4; tries++) {
          await removeDead('lock', files)
          const isMine = await files.create('lock', live).then(
            () => true,
            () => false
          )
          if (!isMine) continue
          entered++
          most = Math.max(most, ++inside)
          await files.read('lock')
          inside--
          await files.remove('lock')
        }
      }
      await run([work(), work(), work()])
      expect({ seed, most, entered: entered > 0 }).toEqual({ seed, most: 1, entered: true })
    }
  })
})

/** Files in memory, each step of which waits until it is drawn. */
function scheduled(random: () => number, given: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(given))
  const waiting: (() => void)[] = []
  const turn = (): Promise<void> => new Promise((go) => waiting.push(go))
  const files: LockFiles = {
    read: (path) => turn().then(() => texts.get(path)),
    async create(path, text) {
      await turn()
      if (texts.has(path)) throw Object.assign(new Error('it is there'), { code: 'EEXIST' })
      texts.set(path, text)
    },
    remove: (path) => turn().then(() => void texts.delete(path))
  }
  async function run(all: readonly Promise<void>[]): Promise<void> {
    let isOver = false
    const over = Promise.all(all).finally(() => {
      isOver = true
    })
    while (!isOver) {
      const [go] = waiting.splice(Math.floor(random() * waiting.length), 1)
      go?.()
      // Whoever goes on comes to his next step before another is drawn.
      await new Promise((settle) => setImmediate(settle))
    }
    await over
  }
  return { files, run }
}

function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
