import { expect, it, onTestFinished } from 'vitest'
import { connect } from '../sqlite/ledger-file.js'
import { migration } from '../sqlite/schema.js'
import { GivenUpMessages } from './given-up-messages.js'

const DAY_MS = 86_400_000

function newFile() {
  const file = connect(':memory:')
  onTestFinished(() => file.close())
  file.exec(migration(0))
  return file
}

it('rejects the messages of one session that were given up, and no others', () => {
  const file = newFile()
  const [own, other] = [new GivenUpMessages(file, 'a'), new GivenUpMessages(file, 'b')]
  own.note([2, 12], 1_000)
  for (const number of [2, 12]) expect(() => own.assertWanted(number)).toThrow(TypeError)
  expect(() => own.assertWanted(1)).not.toThrow()
  expect(() => other.assertWanted(2)).not.toThrow()
})

it('forgets them after a day, in which every message has come', () => {
  const file = newFile()
  const messages = new GivenUpMessages(file, 'a')
  const settings = (): number =>
    file.prepare("SELECT key FROM settings WHERE key LIKE 'given-up %'").all().length
  messages.note([1], 1_000)
  messages.note([2], 1_000 + DAY_MS)
  expect(settings()).toBe(2)
  messages.note([3], 1_001 + DAY_MS)
  expect(settings()).toBe(2)
  expect(() => messages.assertWanted(2)).toThrow(TypeError)
})
