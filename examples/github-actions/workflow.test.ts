import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The commands of the workflow, by the name of their step. */
async function readSteps(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(here, 'tests.yml'), 'utf8')
  const steps = [...text.matchAll(/- name: (.+)\n\s+run: (.+)\n/g)]
  return new Map(steps.map(([, name = '', command = '']) => [name, command]))
}

/** A project with a test that pays, in a clean folder, where `npm ci` has run: its packages are found in a folder above. */
async function newProject(): Promise<string> {
  const folder = await mkdtemp(join(here, '.project-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(join(here, '../testing/vitest'), folder, { recursive: true })
  const manifest = { private: true, type: 'module', scripts: { test: 'vitest run' } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

it('the workflow installs, and then tests', async () => {
  expect([...(await readSteps()).keys()]).toEqual(['Install', 'Test'])
  expect((await readSteps()).get('Install')).toBe('npm ci --ignore-scripts')
})

it('the workflow’s test step runs as written where there is no network, with a stand-in for docker', async () => {
  const project = await newProject()
  const bin = join(project, 'bin')
  await mkdir(bin)
  await cp(join(here, 'docker-stand-in.mjs'), join(bin, 'docker'))
  await chmod(join(bin, 'docker'), 0o755)
  const modules = join(here, '../node_modules/.bin')
  const env = { PATH: `${bin}:${modules}:${process.env.PATH}`, HOME: project, CI: 'true' }
  const command = (await readSteps()).get('Test') ?? ''
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: project, env, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  expect(stdout).toContain('2 passed')
})
