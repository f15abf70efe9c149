import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { serveKeys } from './agent-server.js'
import { askAgent, heldKeys } from './ask-agent.js'

const [ID, KEY] = ['a'.repeat(64), 'c'.repeat(64)]

function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-ask-'))
  const folder = join(home, 'agent')
  onTestFinished(() => rmSync(home, { recursive: true }))
  return { env: { BURSAR_HOME: home }, folder, path: join(folder, 'socket') }
}

it('says that there is no agent only when there is none', async () => {
  const { env, folder } = newHome()
  expect(await askAgent(env, { ask: 'lock' })).toBeUndefined()
  mkdirSync(folder, { mode: 0o700 })
  expect(await askAgent(env, { ask: 'lock' })).toBeUndefined()
})

it('says that a key may still be held when others can enter the folder, and takes none from it', async () => {
  const { env, folder, path } = newHome()
  mkdirSync(folder, { mode: 0o700 })
  const { ended } = await serveKeys(path, { ask: 'hold', keys: { [ID]: KEY }, forMs: 60_000 })
  chmodSync(folder, 0o750)
  await expect(askAgent(env, { ask: 'lock' })).rejects.toThrow(
    `${folder} is no folder that you alone can enter`
  )
  await expect(askAgent(env, { ask: 'lock' })).rejects.toThrow('A key may still be held')
  expect([...(await heldKeys(env, [ID])).entries()]).toEqual([])
  chmodSync(folder, 0o700)
  expect(await askAgent(env, { ask: 'lock' })).toMatchObject({ held: 1 })
  await ended
})

it('says that a key may still be held when the agent does not answer, or answers what is none', async () => {
  const { env, folder, path } = newHome()
  mkdirSync(folder, { mode: 0o700 })
  let answer: string | undefined
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (answer !== undefined) socket.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => void server.close())
  for (answer of [undefined, '', '{}'])
    await expect(askAgent(env, { ask: 'lock' })).rejects.toThrow(
      `${path}: the agent does not answer, and a key may`
    )
  expect([...(await heldKeys(env, [ID])).entries()]).toEqual([])
})
