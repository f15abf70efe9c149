import { checkOptions, unchecked } from '@bursar/core'

/** The names of an item's fields, all of them: one that is left out does not compile. */
export type FieldNames<Item> = { readonly [Name in keyof Required<Item>]: true }

/**
 * Checks that an item has known fields only. What is not known would not be sent, and what it was to say would be missing from
 * what is paid for. Values are checked by the rules of the model.
 *
 * @param path of the item, where it is one of several: `[1]`.
 * @throws {TypeError} that names the unknown field and the nearest known one.
 */
export function checkFields(item: object, fields: Readonly<Record<string, true>>, path = ''): void {
  const names = Object.keys(fields)
  checkOptions(item, Object.fromEntries(names.map((name) => [name, unchecked])), path)
}
