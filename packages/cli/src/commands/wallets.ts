import type { Command } from 'commander'
import type { Io } from '../io.js'

/** Keys. */
export function addWallets(program: Command, io: Io): void {
  const verbs = () => import('../verbs/wallet.js')
  const wallet = program
    .command('wallet')
    .description('keys, encrypted: create, import, list, show, export, default')
  wallet.hook('preSubcommand', (_, command) => void command.exitOverride())
  wallet
    .command('create [name]')
    .description('makes a wallet, and shows where it is paid')
    .option('--chain <name>', 'evm, solana or both', 'both')
    .option('--json', 'for programs: the addresses')
    .action(async (name = 'main', options) => (await verbs()).createWallet(io, name, options))
  wallet
    .command('import [name]')
    .description('takes in a key that exists; never from an argument, which others could see')
    .option('--file <file>', 'a key file of geth, ethers or bursar (version 3), or of solana-keygen')
    .option('--key-fd <number>', 'reads the key from a file descriptor')
    .action(async (name = 'main', options) => (await verbs()).importWallet(io, name, options))
  wallet
    .command('list', { isDefault: true })
    .description('names and addresses; * pays')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).listWallets(io, options))
  wallet
    .command('show [name]')
    .description('where a wallet is paid, with codes to scan')
    .option('--json', 'for programs: the addresses')
    .action(async (name, options) => (await verbs()).showWallet(io, name, options))
  wallet
    .command('export [name]')
    .description('writes a key file; --plain, the key itself')
    .requiredOption('--chain <name>', 'evm or solana')
    .option('--plain', 'not encrypted')
    .action(async (name, options) => (await verbs()).exportWallet(io, name, options))
  wallet
    .command('default <name>')
    .description('chooses the wallet that pays')
    .action(async (name) => (await verbs()).chooseWallet(io, name))
}
