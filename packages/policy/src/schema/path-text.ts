/** A path as `bursar policy set` takes it: `limits.hosts.kat.imgnai.com.payment`, `allow.hosts[1]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
