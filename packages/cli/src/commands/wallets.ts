import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'

/** Wallets and their keys. */
export function addWalletCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/wallet.js')
  const wallet = program
    .command('wallet')
    .description('encrypted keys: create, import, list, show, export, default')
  wallet
    .command('create [name]')
    .description('create a wallet, and show where it is paid')
    .addOption(new Option('--chain <name>', 'the keys').choices(['evm', 'solana', 'both']).default('both'))
    .option('--json', 'the addresses, for programs')
    .action(async (name = 'main', options) => (await verbs()).createWallet(context(), name, options))
  wallet
    .command('import [name]')
    .description('import a key that exists; never from an argument, which others could see')
    .option('--file <file>', 'a key file of geth, ethers or bursar (version 3), or of solana-keygen')
    .option('--key-fd <number>', 'read the key from a file descriptor')
    .action(async (name = 'main', options) =>
      (await import('../verbs/wallet-import.js')).importWallet(context(), name, options)
    )
  wallet
    .command('list', { isDefault: true })
    .description('names and addresses; * marks the default')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).listWallets(context(), options))
  wallet
    .command('show [name]')
    .description('show where a wallet is paid, with codes to scan')
    .option('--json', 'the addresses, for programs')
    .action(async (name, options) => (await verbs()).showWallet(context(), name, options))
  wallet
    .command('export [name]')
    .description('write a key file; with --plain, the key itself')
    .addOption(new Option('--chain <name>', 'the key').choices(['evm', 'solana']).makeOptionMandatory())
    .option('--plain', 'not encrypted')
    .action(async (name, options) => (await verbs()).exportWallet(context(), name, options))
  wallet
    .command('default <name>')
    .description('choose the wallet that pays')
    .action(async (name) => (await verbs()).chooseWallet(context(), name))
}
