import { createHash } from 'node:crypto'

/**
 * Adds to a page what a browser may load for it: what the site serves itself, and nothing else. The scripts within the page
 * are named by their hashes. Colours of code and the switch between light and dark are styles within the page.
 */
export function addSecurityPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = scripts.map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  )
  const rules = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(' ')}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'"
  ]
  const policy = `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">`
  return html.replace(/<meta charset="utf-8">/i, (charset) => `${charset}\n    ${policy}`)
}
