/** An amount with at least so many decimals: `1.2` becomes `1.20`. */
export function money(amount: string, decimalsAtLeast = 2): string {
  const [whole = '0', decimals = ''] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals.padEnd(decimalsAtLeast, '0')}`
}

/** As many decimals as the longest amount of a column has, so that the column lines up. */
export function decimalsOf(amounts: readonly string[]): number {
  return Math.max(2, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0))
}

/** Adds decimal amounts up, exactly. */
export function sum(amounts: readonly string[]): string {
  const total = amounts.reduce((before, amount) => before + atomic(amount), 0n)
  const decimals = String(total % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return decimals === '' ? String(total / 1_000_000n) : `${total / 1_000_000n}.${decimals}`
}

function atomic(amount: string): bigint {
  const [whole = '0', decimals = ''] = amount.split('.')
  return BigInt(whole) * 1_000_000n + BigInt(decimals.slice(0, 6).padEnd(6, '0'))
}

/** Such as `2026-11-21 14:05`, in UTC. */
export function minuteText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

/** Such as `21 Nov`, for a day such as `2026-11-21`. */
export function dayLabel(day: string): string {
  if (day === '') return ''
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC'
  })
}

/** `1 payment`, `2 payments`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
