import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { changePolicy } from '../change-policy.js'
import { parseSetting } from '../settings/parse-setting.js'

/** A folder, and a link to it. */
function newFolder() {
  const root = mkdtempSync(join(tmpdir(), 'bursar-lock-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const [folder, link] = [join(root, 'real'), join(root, 'link')]
  mkdirSync(folder)
  symlinkSync(folder, link)
  return { folder, link }
}

/** Sets seven limits at once, by each path in turn. @returns the names that were lost. */
async function lostBy(paths: readonly string[], file: string): Promise<readonly string[]> {
  const names = ['payment', 'minute', 'hour', 'day', 'week', 'month', 'total']
  const set = (path: string, name: string) =>
    changePolicy({ path, isNamed: false }, { set: [parseSetting(`limits.${name}=1`)] })
  await Promise.all(names.map((name, at) => set(paths[at % paths.length] ?? file, name)))
  const { limits } = JSON.parse(readFileSync(file, 'utf8'))
  return names.filter((name) => limits[name] === undefined)
}

it('M46: loses no change of a file that is named by a link and by itself at the same moment', async () => {
  const { folder } = newFolder()
  const [file, link] = [join(folder, 'policy.json'), join(folder, 'other.json')]
  writeFileSync(file, '{}', { mode: 0o600 })
  symlinkSync(file, link)
  expect(await lostBy([file, link], file)).toEqual([])
  expect(readdirSync(folder).toSorted()).toEqual(['other.json', 'policy.json'])
})

it('M46: loses none of a file that is not there yet, in a folder that is named by a link too', async () => {
  const { folder, link } = newFolder()
  const file = join(folder, 'policy.json')
  expect(await lostBy([file, join(link, 'policy.json')], file)).toEqual([])
  expect(readdirSync(folder)).toEqual(['policy.json'])
})

it.runIf(process.platform === 'linux')(
  'P62: says at once that the folder cannot be made, and which',
  async () => {
    const set = changePolicy(
      { path: '/proc/x/policy.json', isNamed: false },
      { set: [parseSetting('limits.day=1')] }
    )
    await expect(set).rejects.toMatchObject({
      code: 'policy/unreadable',
      message: expect.stringMatching(
        /^The policy \/proc\/x\/policy\.json was not changed: its folder cannot be/
      )
    })
  }
)
