/** A tool as a client of Responses names it. */
export interface NamedTool {
  readonly name: string
  readonly namespace?: string
}

const MAX_LENGTH = 64

/**
 * The names under which a model calls tools: letters, digits, `_` and `-`, at most 64, each of another tool. The same
 * tools in the same order have the same names, so that a name leads back to its tool.
 */
export class ToolNames<Tool extends NamedTool> {
  readonly #tools = new Map<string, Tool>()
  readonly #names = new Map<string, string>()

  /** Gives a tool its name. @returns nothing for a tool that has one. */
  add(tool: Tool): string | undefined {
    const key = keyOf(tool)
    if (this.#names.has(key)) return undefined
    const name = this.#free(plainName(tool))
    this.#tools.set(name, tool)
    this.#names.set(key, name)
    return name
  }

  /** The tool that the model calls by a name. */
  find(name: string): Tool | undefined {
    return this.#tools.get(name)
  }

  /** Whether a tool has a name. */
  has(tool: NamedTool): boolean {
    return this.#names.has(keyOf(tool))
  }

  /** The name of a tool, also of one that is no longer offered. */
  nameOf(tool: NamedTool): string {
    return this.#names.get(keyOf(tool)) ?? plainName(tool)
  }

  #free(name: string): string {
    let free = name
    for (let count = 2; this.#tools.has(free); count++) {
      const suffix = `_${count}`
      free = name.slice(0, MAX_LENGTH - suffix.length) + suffix
    }
    return free
  }
}

function plainName({ name, namespace }: NamedTool): string {
  const whole = namespace === undefined ? name : `${namespace}__${name}`
  return whole.replace(/[^\w-]/g, '_').slice(0, MAX_LENGTH)
}

function keyOf({ name, namespace }: NamedTool): string {
  return JSON.stringify([namespace ?? null, name])
}
