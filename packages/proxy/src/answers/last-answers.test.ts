import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { LastAnswers } from './last-answers.js'

/** Connections, and what was left unread. */
function newConnections() {
  const last = new LastAnswers()
  const unread: string[] = []
  const note = (connection: EventEmitter, name: string): void =>
    last.note(connection, () => unread.push(name))
  return { last, note, unread, one: new EventEmitter(), other: new EventEmitter() }
}

it('the last answer of a connection that breaks off was not read', () => {
  const { last, note, unread, one, other } = newConnections()
  for (const name of ['a', 'b']) {
    last.forget(one)
    note(one, name)
  }
  note(other, 'c')
  one.emit('close', true)
  expect([unread, one.listenerCount('close')]).toEqual([['b'], 0])
})

it('none of the answers was read that a client had asked for at once', () => {
  const { last, note, unread, one } = newConnections()
  for (const _ of ['a', 'b']) last.forget(one)
  for (const name of ['a', 'b']) note(one, name)
  one.emit('close', true)
  expect(unread).toEqual(['a', 'b'])
})

it('what was sent is read where the connection ends well, and where its client asked for something else', () => {
  const { last, note, unread, one, other } = newConnections()
  note(one, 'a')
  one.emit('close', false)
  note(other, 'b')
  last.forget(other)
  other.emit('close', true)
  expect(unread).toEqual([])
})
