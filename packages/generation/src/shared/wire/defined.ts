/** An object without the fields that are `undefined`. */
export type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> }

/** Leaves out what is `undefined`, so that optional fields are absent. */
export function defined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined)
  ) as Defined<Shape>
}
