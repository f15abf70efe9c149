/** A time as Katana writes it: whole seconds and `+00:00`. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`
}
