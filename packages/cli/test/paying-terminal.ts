import { EVM_KEY, newTerminal, type TerminalOptions } from './terminal.js'

/** A terminal with an account whose chain does not answer. */
export function payer(options: TerminalOptions = {}) {
  return newTerminal({
    ...options,
    env: { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9', ...options.env }
  })
}
