import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'

const page = readFileSync(new URL('../docs/guides/mcp-server.md', import.meta.url), 'utf8')
const KEY = `0x${'11'.repeat(32)}`

/** The lines of a host, by the language of their block and the words before them. */
function block(language: string, before: string): string {
  const [, text = ''] =
    new RegExp(`\\n${before}[\\s\\S]*?\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? []
  return text
}

/** A list of texts that is written as JSON writes it, as YAML and TOML can. */
function argsIn(text: string): readonly string[] {
  const [, list = ''] = /args(?: =|:) (\[.*\])/.exec(text) ?? []
  return JSON.parse(list)
}

const claude = JSON.parse(block('json', 'Claude Code,')).mcpServers.bursar
const opencode = JSON.parse(block('json', 'opencode,')).mcp.bursar
const hosts: readonly (readonly [host: string, args: readonly string[]])[] = [
  ['Claude Code', [claude.command, ...claude.args]],
  ['Codex', ['node', ...argsIn(block('toml', 'Codex,'))]],
  ['opencode', opencode.command],
  ['Continue', ['node', ...argsIn(block('yaml', 'Continue,'))]]
]

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'bursar-guide-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

describe('the guide’s lines', () => {
  it.each(hosts)(
    'for %s start a server that has the tools that it lists',
    async (_, [node, script, ...args]) => {
      expect([node, script]).toEqual(['node', '/srv/bursar/packages/cli/dist/bin.js'])
      const home = newHome()
      const env = { HOME: home, PATH: process.env.PATH ?? '', EVM_PRIVATE_KEY: KEY }
      const client = new Client({ name: 'a host', version: '1' })
      const command = { command: process.execPath, args: [bin, ...args], env, cwd: home }
      await client.connect(new StdioClientTransport({ ...command, stderr: 'ignore' }))
      onTestFinished(() => client.close())
      const [, list = ''] = /tools that pay: ([\s\S]*?)\. The lines/.exec(page) ?? []
      const listed = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(listed)
    }
  )

  it('for HTTP start a server at the address that hosts are given', async () => {
    const [, args = ''] = /bin\.js (mcp --http.*)\n/.exec(block('sh', 'Several hosts')) ?? []
    const given = args.split(' ').map((word) => (word === '8403' ? '0' : word))
    const env = { HOME: newHome(), EVM_PRIVATE_KEY: KEY, BURSAR_PROXY_TOKEN: 'a-token-of-16-or-more' }
    const { child, out, ended } = startCommand(env, ...given)
    await expect.poll(out, { timeout: 30_000 }).toMatch(/\n/)
    expect(JSON.parse(out())).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/),
      headers: { Authorization: 'Bearer a-token-of-16-or-more' }
    })
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it('name options that there are', async () => {
    const { out } = await startCommand({ HOME: newHome() }, 'mcp', '--help').ended
    const named = [...page.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option)
    const ofOthers = ['--mcp-config', '--keychain']
    expect(named.filter((option) => !ofOthers.includes(option) && !out.includes(option))).toEqual([])
  })
})
