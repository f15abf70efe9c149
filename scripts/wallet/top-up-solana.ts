/** Puts USDC on the prepaid balance at Katana, from Solana: `tsx scripts/wallet/top-up-solana.ts 1.00` */
import { payingOptions, run } from './command.js'

const [amount = ''] = process.argv.slice(2)
run('topup', amount, ...payingOptions(amount, 'solana'))
