import { expect, it } from 'vitest'
import { reservation } from '../testing/samples.js'
import { placesOf } from './places.js'

const paid = reservation('1', 1n)

it('is one place where nobody led to another, and where only the spelling of the host or the protocol differs', () => {
  const here = [{ host: 'a.example', path: '/' }]
  expect(placesOf(paid)).toEqual(here)
  expect(placesOf({ ...paid, requestedOrigin: 'http://a.example.' })).toEqual(here)
})

it('is the place that is paid and the one that was requested, which differ in host, path, or both', () => {
  const [host, path] = [{ requestedOrigin: 'https://b.example' }, { requestedPath: '/asked' }]
  expect(placesOf({ ...paid, ...host })[1]).toEqual({ host: 'b.example', path: '/' })
  expect(placesOf({ ...paid, ...path })[1]).toEqual({ host: 'a.example', path: '/asked' })
  expect(placesOf({ ...paid, ...host, ...path })).toEqual([
    { host: 'a.example', path: '/' },
    { host: 'b.example', path: '/asked' }
  ])
})

it('keeps the prices of test money apart at both', () => {
  const offer = { ...paid.offer, isTest: true } as const
  const paths = placesOf({ ...paid, offer, requestedPath: '/asked' }).map(({ path }) => path)
  expect(paths).toEqual(['test /', 'test /asked'])
})
