import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { parseDescriptor } from '../options/parse-option.js'
import { addNetworks } from './network-options.js'

/** Wallets and their keys. */
export function addWalletCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/wallet.js')
  const wallet = program
    .command('wallet')
    .description('encrypted keys: create, import, list, rename, remove and more')
  wallet
    .command('create [name]')
    .description('create a wallet, and show where it is paid')
    .addOption(new Option('--chain <name>', 'the keys').choices(['evm', 'solana', 'both']).default('both'))
    .option('--json', 'the addresses, for programs')
    .action(async (name = 'main', options) => (await verbs()).createWallet(context(), name, options))
  wallet
    .command('import [name]')
    .description('import a key or a mnemonic; never from an argument, which others could see')
    .option('--file <file>', 'a key file of geth, ethers or bursar (version 3), or of solana-keygen')
    .option('--key-fd <number>', 'read the key or the mnemonic from a file descriptor', parseDescriptor)
    .addOption(new Option('--chain <name>', 'whose key').choices(['evm', 'solana', 'both']))
    .option('--path <path>', "of a mnemonic's account, such as m/44'/60'/0'/0/1")
    .option('--json', 'for programs')
    .action(async (name = 'main', options) =>
      (await import('../verbs/wallet-import.js')).importWallet(context(), name, options)
    )
  wallet
    .command('list', { isDefault: true })
    .allowExcessArguments()
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
    .option('--json', 'for programs')
    .action(async (name, options) => (await verbs()).exportWallet(context(), name, options))
  wallet
    .command('default <name>')
    .description('choose the wallet that pays')
    .option('--json', 'for programs')
    .action(async (name, options) => (await verbs()).chooseWallet(context(), name, options))
  addChangeCommands(wallet, context)
}

/** What changes a wallet that exists. */
function addChangeCommands(wallet: Command, context: GetContext): void {
  const verbs = () => import('../verbs/wallet-change.js')
  wallet
    .command('watch <name> <address...>')
    .description('keep addresses to look at; nothing can be signed with them')
    .option('--json', 'for programs')
    .action(async (name, addresses, options) =>
      (await import('../verbs/wallet-watch.js')).watchWallet(context(), name, addresses, options)
    )
  wallet
    .command('rename <name> <new-name>')
    .description('give a wallet another name')
    .option('--json', 'for programs')
    .action(async (name, next, options) => (await verbs()).renameWallet(context(), name, next, options))
  wallet
    .command('passphrase [name]')
    .description('change the passphrase; the old one is asked for first')
    .option('--new-passphrase-fd <number>', 'read the new one from a file descriptor', parseDescriptor)
    .option('--new-passphrase-file <file>', 'read the new one from a file (mode 600)')
    .option('--new-keychain', 'make one, and keep it in the keychain of the system')
    .option('--json', 'for programs')
    .action(async (name, options) => (await verbs()).changePassphrase(context(), name, options))
  addNetworks(wallet.command('sweep <name>'))
    .description(
      'move all USDC to an address; shows it and asks; no payment, so no limit and no freeze stops it'
    )
    .requiredOption('--to <address>', 'where to, in full and with its checksum')
    .option('--native', 'the coins that pay fees, such as ETH or SOL, too')
    .option('--gas-from <name>', 'the wallet that pays the fees')
    .option('--yes', 'do not ask')
    .option('--json', 'for programs')
    .action(async (name, options) =>
      (await import('../verbs/wallet-sweep.js')).sweepWallet(context(), name, options)
    )
  wallet
    .command('remove <name>')
    .description('remove the keys from this machine; asks, and refuses while a payment may still be taken')
    .option('--force', 'also while a payment may still be taken')
    .option('--yes', 'do not ask')
    .option('--json', 'for programs')
    .action(async (name, options) => (await verbs()).removeWallet(context(), name, options))
}
