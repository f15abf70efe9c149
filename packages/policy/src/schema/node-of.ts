import * as z from 'zod'

/** A part of the schema: one with names of its own, one whose names the user chooses, or a single value. */
export type SchemaNode =
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, z.core.$ZodType>> }
  | { readonly kind: 'record'; readonly value: z.core.$ZodType }
  | { readonly kind: 'leaf'; readonly schema: z.core.$ZodType }

/** What a schema is, without what says that it may be absent. */
export function nodeOf(schema: z.core.$ZodType): SchemaNode {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return nodeOf(schema.unwrap())
  if (schema instanceof z.ZodObject) return { kind: 'object', fields: schema.shape }
  if (schema instanceof z.ZodRecord) return { kind: 'record', value: schema.valueType }
  return { kind: 'leaf', schema }
}

/** The part of the schema at a path, as far as there is one. */
export function nodeAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): SchemaNode | undefined {
  const node = nodeOf(schema)
  const [name, ...rest] = path
  if (name === undefined) return node
  if (node.kind === 'leaf') return undefined
  const next = node.kind === 'record' ? node.value : fieldOf(node.fields, String(name))
  return next && nodeAt(next, rest)
}

/** A field by its name, and nothing that every object has. */
export function fieldOf<Value>(fields: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
