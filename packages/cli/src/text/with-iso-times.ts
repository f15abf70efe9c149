/** The same value with its times as people and programs read them: `atMs: 0` becomes `at: '1970-01-01T00:00:00.000Z'`. */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) =>
      name.endsWith('Ms') && typeof field === 'number'
        ? [name.slice(0, -2), new Date(field).toISOString()]
        : [name, withIsoTimes(field)]
    )
  )
}
