import type { Env } from '../io.js'

/** Variables with keys, and with what opens or finds them. */
const secrets =
  /^(?:EVM_PRIVATE_KEY|SVM_PRIVATE_KEY|BURSAR_.*|(?:KATANA|OPENCLAW|TOKENHOT|TOKENHUB)_API_KEY)$/

/** The environment of a program that is not to pay by itself. */
export function withoutSecrets(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.test(name)))
}

/** Lines that set variables in a shell. */
export function exportLines(env: object): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('')
}
