import { type BursarError, isJsonObject, type JsonObject } from '@bursar/core'
import { damagedKey, watchOnlyKey } from './key-error.js'

/** Reads the fields of a key file, and names the file in every error. All of its methods throw `key/damaged`. */
export class StoredFields {
  readonly #object: JsonObject
  readonly #path: string

  constructor(value: unknown, path: string) {
    if (!isJsonObject(value)) throw damagedKey(path, 'it is not a JSON object')
    this.#object = value
    this.#path = path
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name)
  }

  isTrue(name: string): boolean {
    return this.#object[name] === true
  }

  object(name: string): StoredFields {
    const value = this.#object[name]
    if (!isJsonObject(value)) throw this.damaged(`${name} is missing`)
    return new StoredFields(value, this.#path)
  }

  text(name: string): string {
    const value = this.#object[name]
    if (typeof value !== 'string') throw this.damaged(`${name} is not a text`)
    return value
  }

  /** A whole number from 1. */
  count(name: string): number {
    const value = this.#object[name]
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
      throw this.damaged(`${name} is not a number from 1`)
    return value
  }

  hex(name: string): Buffer {
    const value = this.#object[name]
    if (typeof value !== 'string' || !/^(?:0x)?(?:[0-9a-f]{2})+$/i.test(value))
      throw this.damaged(`${name} is not hex`)
    return Buffer.from(value.replace(/^0x/i, ''), 'hex')
  }

  watchOnly(): BursarError<'key/watch-only'> {
    return watchOnlyKey(this.#path)
  }

  damaged(reason: string): BursarError<'key/damaged'> {
    return damagedKey(this.#path, reason)
  }
}
