import { katanaCatalogue } from '@bursar/generation/katana'
import { expect, it } from 'vitest'
import { claudeModels } from './claude-models.js'

it('C12: names a listed model for each name that Claude Code asks for', () => {
  const listed = katanaCatalogue.texts.map(({ name }) => name)
  const models = claudeModels(listed)
  expect(models).toEqual({
    ANTHROPIC_MODEL: 'claude-sonnet-4-6',
    ANTHROPIC_DEFAULT_OPUS_MODEL: 'claude-opus-4-7',
    ANTHROPIC_DEFAULT_SONNET_MODEL: 'claude-sonnet-4-6',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-4-5',
    ANTHROPIC_DEFAULT_FABLE_MODEL: 'claude-opus-4-7',
    ANTHROPIC_SMALL_FAST_MODEL: 'claude-haiku-4-5'
  })
  for (const model of Object.values(models)) expect(listed).toContain(model)
})

it('C12: takes the newest, however versions are written, and leaves a listed choice of the user', () => {
  const listed = [
    'anthropic/claude-sonnet-4.5-20250929',
    'anthropic/claude-sonnet-4.6',
    'claude-3-5-haiku',
    'x-sonnet-9'
  ]
  expect(claudeModels(listed)).toMatchObject({
    ANTHROPIC_MODEL: 'anthropic/claude-sonnet-4.6',
    ANTHROPIC_DEFAULT_OPUS_MODEL: 'anthropic/claude-sonnet-4.6',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-3-5-haiku'
  })
  expect(claudeModels(listed, 'claude-3.5-haiku').ANTHROPIC_MODEL).toBe('claude-3.5-haiku')
  expect(claudeModels(listed, 'claude-opus-4-8').ANTHROPIC_MODEL).toBe('anthropic/claude-sonnet-4.6')
  expect(claudeModels(['gpt-5-4'])).toEqual({})
})
