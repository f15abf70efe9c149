/** Prints what every wallet and every prepaid balance holds: `tsx scripts/wallet/balances.ts` */
import { run } from './command.js'

run('balance')
