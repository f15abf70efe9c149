import type { AccountOptions } from '../accounts/account-options.js'
import type { Env } from '../io.js'

const MIN_LENGTH = 8

/** Keys, tokens and passphrases of the operator, which no tool may send anywhere. */
export function secretsOf(
  env: Env,
  { evm, solana }: Pick<AccountOptions, 'evm' | 'solana'>
): readonly string[] {
  const named = Object.entries(env)
    .filter(([name]) =>
      /^(?:BURSAR_|EVM_|SVM_|KATANA_|VENICE_|OPENCLAW_|TOKENHOT_|TOKENHUB_).*(?:KEY|TOKEN|PASSPHRASE|SECRET|LEDGER)$/.test(
        name
      )
    )
    .map(([, value]) => value)
  return [...named, evm, solana]
    .filter((value) => typeof value === 'string')
    .map((value) => value.replace(/^0x/, ''))
    .filter((value) => value.length >= MIN_LENGTH)
}
