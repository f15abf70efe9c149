import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemWords } from './system-words.js'

const thrownBy = (call: () => unknown): Error => {
  try {
    call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  return expect.unreachable('nothing was thrown')
}

it('says in words what the system says of a file or a program, without its path', () => {
  expect(systemWords(thrownBy(() => readFileSync('/no/such/file')))).toBe('there is none')
  expect(systemWords(thrownBy(() => readFileSync(tmpdir())))).toBe('it is a folder')
  expect(systemWords(spawnSync(join(tmpdir(), 'no-such-program')).error ?? expect.unreachable())).toBe(
    'there is none'
  )
})

it('looks along the causes, of which the first says most', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
    code: 'ECONNREFUSED',
    syscall: 'connect'
  })
  expect(systemWords(new TypeError('fetch failed', { cause: refused }))).toBe('ECONNREFUSED')
  expect(systemWords(new TypeError('fetch failed', { cause: new Error('bad port') }))).toBe('bad port')
  expect(systemWords(new Error('it failed'))).toBe('it failed')
})
