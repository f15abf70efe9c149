/**
 * Keeps the prepaid balance at Katana above a floor, for cron: `tsx scripts/wallet/keep-above.ts 2.00 5.00` tops up by 5
 * when there are less than 2. Whatever happens, a day costs no more than twice the top-up.
 */
import { payingOptions, run } from './command.js'

const [floor = '', amount = '', network = 'base'] = process.argv.slice(2)
run(
  'topup',
  '--keep-above',
  floor,
  '--by',
  amount,
  ...payingOptions(amount, network === 'solana' ? 'solana' : 'base')
)
