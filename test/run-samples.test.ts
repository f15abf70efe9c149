import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { Secret } from 'kubernetes-models/v1/Secret'
import { Service } from 'kubernetes-models/v1/Service'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { EVM_KEY } from '../packages/cli/test/terminal.js'
import { type LocalPostgres, startPostgres } from '../packages/ledger/test/local-postgres.js'
import { bin, startCommand } from './command.js'
import { until } from './until.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const TOKENS = {
  BURSAR_PROXY_TOKEN: 'a-token-of-the-tests',
  BURSAR_OPERATOR_TOKEN: 'another-token-of-the-tests'
}
const NO_CHAIN = { BURSAR_RPC_BASE: 'http://127.0.0.1:9', BURSAR_RPC_SOLANA: 'http://127.0.0.1:9' }

/** A sample as it stands in the repository. */
const sample = (name: string): string => readFileSync(new URL(`../deploy/${name}`, import.meta.url), 'utf8')

/** A home with a wallet, whose passphrase is in a file, as on a machine that was set up. */
function newMachine() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [home, programs, passphrase] = ['home', 'programs', 'passphrase'].map((name) =>
    join(folder, name)
  ) as [string, string, string]
  for (const each of [home, programs]) mkdirSync(each, { mode: 0o700 })
  symlinkSync(bin, join(programs, 'bursar'))
  symlinkSync(process.execPath, join(programs, 'node'))
  writeFileSync(passphrase, 'a passphrase of the tests\n', { mode: 0o600 })
  return { folder, home, programs, passphrase }
}

/** Runs the proxy with the arguments of a sample, but for where it listens, until its test ends. */
async function runProxy(args: readonly string[], env: object) {
  const own = args.filter((arg) => !arg.startsWith('--bind'))
  const running = startCommand(
    { ...TOKENS, ...NO_CHAIN, HOME: '/nonexistent', ...env },
    ...own,
    '--port',
    '0'
  )
  onTestFinished(() => void running.child.kill('SIGKILL'))
  let err = ''
  running.child.stderr.on('data', (chunk) => (err += chunk))
  await until(() => err.includes('Listening on ') || running.child.exitCode !== null)
  const [, url = expect.unreachable(err)] = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(err) ?? []
  return { ...running, url }
}

it('P91: every line of the crontab runs with the environment that cron gives', () => {
  const { folder, home, programs, passphrase } = newMachine()
  const as = { BURSAR_HOME: home, BURSAR_PASSPHRASE_FILE: passphrase, PATH: programs }
  execFileSync(join(programs, 'bursar'), ['wallet', 'create'], { env: as, stdio: 'ignore' })
  execFileSync(join(programs, 'bursar'), ['history'], { env: as, stdio: 'ignore' })
  const text = sample('crontab').replaceAll('/var/lib/bursar', home).replaceAll('/var/backups/bursar', folder)
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const variables = lines.flatMap((line) => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? [])
  const named = Object.fromEntries([variables.slice(0, 2), variables.slice(2, 4)])
  expect(Object.keys(named)).toEqual(['PATH', 'BURSAR_HOME'])
  const env = { SHELL: '/bin/sh', HOME: home, LOGNAME: 'bursar', ...NO_CHAIN, ...named }
  const commands = lines.flatMap((line) => /^(?:[\d*/]+ ){5}(.+)$/.exec(line)?.[1] ?? [])
  expect(commands).toHaveLength(3)
  const ended = commands.map((command) =>
    spawnSync('/bin/sh', ['-c', command.replaceAll('\\%', '%')], {
      env: { ...env, PATH: `${programs}:${named.PATH}` },
      encoding: 'utf8'
    })
  )
  const [recover, reconcile, backup] = ended
  expect([recover?.status, recover?.stdout, recover?.stderr]).toEqual([0, '', ''])
  expect(readFileSync(join(home, 'recover.log'), 'utf8')).toBe('Nothing is unresolved.\n')
  // No chain answers here, which is what cron mails.
  expect(reconcile?.stdout).toMatch(/rpc\/unavailable/)
  expect([backup?.status, backup?.stdout, backup?.stderr]).toEqual([0, '', ''])
  expect(readdirSync(folder).filter((name) => /^ledger-\d{4}-\d\d-\d\d\.db$/.test(name))).toHaveLength(1)
})

it('P91: the unit of systemd starts a proxy that unlocks its wallet by a credential, and ends it by SIGTERM', async () => {
  const { home, passphrase, programs } = newMachine()
  const made = { BURSAR_HOME: home, BURSAR_PASSPHRASE_FILE: passphrase, PATH: programs }
  execFileSync(join(programs, 'bursar'), ['wallet', 'create'], { env: made, stdio: 'ignore' })
  const entries = sample('bursar-proxy.service')
    .split('\n')
    .flatMap((line) => [/^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []])
  const all = (key: string): readonly string[] =>
    entries.flatMap(([name, value = '']) => (name === key ? [value] : []))
  const env = Object.fromEntries(
    all('Environment').map((line) =>
      line.replace('%S/bursar', home).replace('%d/passphrase', passphrase).split('=', 2)
    )
  )
  expect(all('LoadCredential')).toEqual(['passphrase:/etc/bursar/passphrase'])
  for (const key of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'RestrictNamespaces'])
    expect(all(key), key).toEqual(['yes'])
  expect([...all('ProtectSystem'), ...all('CapabilityBoundingSet')]).toEqual(['strict', ''])
  // Node calls pkey_alloc as it starts: without @pkey, and where what is not allowed kills, the service never came up.
  expect(all('SystemCallFilter')).toEqual(['@system-service @pkey', '~@privileged'])
  expect(all('SystemCallErrorNumber')).toEqual(['EPERM'])
  const [program, ...args] = all('ExecStart').flatMap((line) => line.split(' '))
  expect(program).toBe('/usr/local/bin/bursar')
  const { url, child, ended } = await runProxy(args, env)
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ ok: true })
  child.kill('SIGTERM')
  const { code, out, err } = await ended
  expect([code, err]).toEqual([0, expect.stringContaining('In all: nothing was spent')])
  // The journal keeps both, and others than the service may read it.
  for (const token of Object.values(TOKENS)) expect(out + err).not.toContain(token)
})

it('P91: the container of compose runs as no root, with nothing to write but its volume, and is asked for its health', async () => {
  const { services } = parse(sample('compose.yaml'))
  const { bursar } = services
  expect(bursar).toMatchObject({
    user: '1000:1000',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ports: ['127.0.0.1:8402:8402']
  })
  const { home, passphrase, programs } = newMachine()
  const env = { BURSAR_HOME: home, [passphraseVariable(bursar.environment)]: passphrase }
  execFileSync(join(programs, 'bursar'), ['wallet', 'create'], {
    env: { ...env, PATH: programs },
    stdio: 'ignore'
  })
  const { url, child, ended } = await runProxy(bursar.command, env)
  const docker = sample('Dockerfile')
  expect(docker).toMatch(/^USER 1000:1000$/m)
  const [, check = ''] = /^ {2}CMD (\[.*\])$/m.exec(docker) ?? []
  const [program, ...args] = JSON.parse(check.replace('http://127.0.0.1:8402', url)) as string[]
  expect(program).toBe('node')
  const isHealthy = () => spawnSync(process.execPath, args).status
  expect(isHealthy()).toBe(0)
  child.kill('SIGTERM')
  await ended
  expect(isHealthy()).toBe(1)
})

/** The variable of the sample that names the file of the passphrase. */
function passphraseVariable(environment: Readonly<Record<string, string>>): string {
  const found = Object.entries(environment).find(([, value]) => value === '/run/secrets/bursar-passphrase')
  return found?.[0] ?? expect.unreachable()
}

it('P91: the manifests are what Kubernetes takes, and their proxies share one record in PostgreSQL', async () => {
  const documents = parseAllDocuments(sample('kubernetes.yaml')).map((document) => document.toJS())
  const models = { Secret, Deployment, Service, NetworkPolicy } as const
  expect(documents.map(({ kind }) => kind)).toEqual(Object.keys(models))
  for (const document of documents) {
    const Model = models[document.kind as keyof typeof models]
    expect(() => new Model(document).validate()).not.toThrow()
  }
  const { spec } = documents[1].spec.template
  const [container] = spec.containers
  expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
  expect(container.securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] }
  })
  const named = container.env.map(({ name }: { name: string }) => name)
  expect(named).toEqual(['BURSAR_LEDGER', 'EVM_PRIVATE_KEY', ...Object.keys(TOKENS)])
  const url = await server.newDatabase()
  const pods = [newMachine(), newMachine()].map(({ home }) =>
    runProxy(container.args, { BURSAR_HOME: home, BURSAR_LEDGER: url, EVM_PRIVATE_KEY: EVM_KEY })
  )
  const [one, two] = await Promise.all(pods)
  const { path } = container.readinessProbe.httpGet
  expect((await fetch(`${one?.url}${path}`)).status).toBe(200)
  const frozen = await startCommand(
    { BURSAR_HOME: newMachine().home, BURSAR_LEDGER: url },
    'freeze',
    'a test'
  ).ended
  expect(frozen.code).toBe(0)
  const headers = { authorization: `Bearer ${TOKENS.BURSAR_OPERATOR_TOKEN}` }
  for (const pod of [one, two])
    expect(await (await fetch(`${pod?.url}/health`, { headers })).json()).toMatchObject({
      frozen: { reason: 'a test' }
    })
})
