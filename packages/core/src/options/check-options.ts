import { nearestName } from './nearest-name.js'

/**
 * Checks the value of one option.
 *
 * @param path names the option as a programmer writes it: `allow.hosts[0]`.
 * @throws {TypeError} that names the option and what is allowed.
 */
export type OptionCheck = (value: unknown, path: string) => void

/** A check for each option of an options object, so that an option without one does not compile. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck }

/** For an option that is checked where it is used. */
export const unchecked: OptionCheck = () => {}

/**
 * Checks that an options object has only known names, at every level that the checks describe. `undefined` counts as
 * not given.
 *
 * @param path of the object itself, where it is an option of another: `allow`.
 * @throws {TypeError} that names the unknown option and the nearest known one.
 */
export function checkOptions<Options>(value: unknown, checks: OptionChecks<Options>, path = ''): void {
  if (!isPlainObject(value))
    throw new TypeError(`${path || 'The options'} must be an object, not ${shown(value)}`)
  const known: Readonly<Record<string, OptionCheck>> = checks
  for (const [name, option] of Object.entries(value)) {
    if (!Object.hasOwn(known, name)) throw unknownOption(path, name, Object.keys(known))
    if (option !== undefined) known[name]?.(option, pathOf(path, name))
  }
}

/** A check for an option that is an options object itself. */
export function optionsOf<Options>(checks: OptionChecks<Options>): OptionCheck {
  return (value, path) => checkOptions(value, checks, path)
}

/** A check for an option whose names the user chooses: each name and each value is checked. */
export function recordOf(checkValue: OptionCheck, checkName: OptionCheck = unchecked): OptionCheck {
  return (value, path) => {
    if (!isPlainObject(value)) throw new TypeError(`${path} must be an object, not ${shown(value)}`)
    for (const [name, each] of Object.entries(value)) {
      const at = pathOf(path, name)
      checkName(name, at)
      if (each !== undefined) checkValue(each, at)
    }
  }
}

/** Shows a wrong value in a message. Of an object only the type is shown, since it may hold a secret. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80))
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value)
}

function unknownOption(path: string, name: string, known: readonly string[]): TypeError {
  const nearest = nearestName(name, known)
  const help =
    nearest === undefined ? `; there are: ${known.join(', ')}` : `; did you mean ${pathOf(path, nearest)}?`
  return new TypeError(`${pathOf(path, name)} is not an option${help}`)
}

function pathOf(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name.slice(0, 80))}]`
  return path ? `${path}.${name}` : name
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
