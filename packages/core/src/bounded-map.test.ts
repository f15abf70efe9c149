import { expect, it } from 'vitest'
import { BoundedMap } from './bounded-map.js'

it('drops the oldest entry when it is full, and takes one that is set again for new', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  map.set('c', 4)
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([3, undefined, 4])
})

it('has room again for what was deleted', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.delete('b')
  map.set('c', 3)
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3])
})

it('takes what is set again for new, also where it was the newest, and where it was deleted since', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('b', 3)
  map.delete('b')
  map.set('b', 4)
  expect([...map]).toEqual([
    ['a', 1],
    ['b', 4]
  ])
  map.set('c', 5)
  map.set('b', 6)
  map.set('d', 7)
  expect([...map]).toEqual([
    ['b', 6],
    ['d', 7]
  ])
})
