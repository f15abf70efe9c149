import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { addPayingNetworks } from './network-options.js'
import { addRequest } from './payments.js'

/** The policy, which every command obeys. */
export function addPolicyCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/policy.js')
  const policy = program.command('policy').description('what may be paid: show, set, unset, check, explain')
  policy
    .command('show', { isDefault: true })
    .allowExcessArguments()
    .description('show every setting, and where each comes from')
    .option('--json', 'for programs')
    .action(async (options) => (await verbs()).showPolicy(context(), options))
  policy
    .command('set <name=value...>')
    .description('set such as limits.day=5.00, allow.hosts=a.example,b.example, allow.payees=pin')
    .option('--json', 'for programs')
    .action(async (changes, options) => (await verbs()).setPolicy(context(), changes, options))
  policy
    .command('unset <name...>')
    .description('remove settings, or groups of them')
    .option('--json', 'for programs')
    .action(async (names, options) => (await verbs()).unsetPolicy(context(), names, options))
  policy
    .command('check [file]')
    .description('say whether a file is a policy, and what is wrong with it')
    .option('--json', 'for programs')
    .action(async (file, options) => (await verbs()).checkPolicy(context(), file, options))
  addRequest(addPayingNetworks(policy.command('explain <url>')))
    .description('ask what a URL costs, and go through every rule; pays nothing')
    .option('--json', 'for programs')
    .action(async (url, options) =>
      (await import('../verbs/policy-explain.js')).explainPolicy(context(), url, options)
    )
}
