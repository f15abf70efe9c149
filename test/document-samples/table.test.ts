import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { katanaBodies } from './katana-bodies.js'
import { katanaPrograms } from './katana-programs.js'
import { katanaCurl } from './katana-requests.js'
import { openclawMedia } from './openclaw-media.js'
import { openclawPrograms } from './openclaw-programs.js'
import { openclawText } from './openclaw-text.js'
import type { Sample } from './sample.js'
import { tokenhotSamples } from './tokenhot.js'
import { tokenhubSamples } from './tokenhub.js'

const page = readFileSync(new URL('../../docs/document-samples.md', import.meta.url), 'utf8')

/** The rows of a service's table of samples, and how many its heading says there are. */
function sectionOf(service: string) {
  const [, count, text = ''] =
    new RegExp(`^## ${service}: (\\d+) samples?$([^]*?)(?=^## |$(?![^]))`, 'm').exec(page) ?? []
  const [, table = ''] = /^\| Section \|.*\n\| --- .*\n((?:\|.*\n)+)/m.exec(text) ?? []
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
  return { count: Number(count), rows: rows.map(([, ...cells]) => cells.slice(0, 4)) }
}

describe.each<[string, readonly Sample[]]>([
  ['Katana', [...katanaCurl, ...katanaBodies, ...katanaPrograms]],
  ['OpenClaw Token', [...openclawText, ...openclawMedia, ...openclawPrograms]],
  ['Tokenhot', tokenhotSamples],
  ['TokenHub', tokenhubSamples]
])('the table of %s', (service, samples) => {
  it('has a row for each sample, which says how it is run, and no others', () => {
    const { count, rows } = sectionOf(service)
    expect(rows.map(([section, language, title]) => [section, language, title])).toEqual(
      samples.map(({ section, language, title }) => [section, language, title])
    )
    expect(count).toBe(samples.length)
    expect(rows.filter(([, , , how]) => how === '')).toEqual([])
  })

  it('names no sample twice', () => {
    const names = samples.map(({ section, language, title }) => [section, language, title].join(' / '))
    expect(new Set(names).size).toBe(names.length)
  })
})
