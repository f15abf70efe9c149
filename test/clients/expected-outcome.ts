import type { ClientVariant, Outcome } from './programs/program.js'
import type { SessionCase } from './session-case.js'
import { ANSWER } from './session-model.js'

/** What a session ends with in a client that has no ways of its own. Few print a refusal. */
const expectedOutcome: Readonly<Record<SessionCase, Outcome>> = {
  text: { says: `${ANSWER}: a text.`, answers: 1 },
  tool: { says: `${ANSWER}: the tool ran.`, answers: 2 },
  picture: { says: `${ANSWER}: 1 picture was shown.`, answers: 2 },
  mcp: { says: `${ANSWER}: the report was paid for.`, answers: 2, buysBeside: 1 },
  'cut-text': { says: `${ANSWER}: it is long and`, answers: 1 },
  'cut-tool': { says: `${ANSWER}: no tool is needed.`, answers: 2 },
  refusal: { says: '', answers: 1 },
  slow: { says: `${ANSWER}: it took its time.`, answers: 1 },
  'lost-answer': { says: `${ANSWER}: had at the second try.`, answers: 1 },
  'lost-payment': { says: `${ANSWER}: had for the first payment.`, answers: 1 },
  'lost-charge': { fails: true, says: 'charged', answers: 1, isRejected: true },
  'paid-failure': { fails: true, says: 'failed', answers: 1, isRejected: true },
  'over-limit': { fails: true, says: 'limit', answers: 1, isRejected: true, isFree: true }
}

/** What a session of a client at a version ends with. */
export function outcomeOf(
  { outcomes, outcomesSince = {}, answersBeside = 0 }: ClientVariant,
  version: string,
  name: SessionCase
): Outcome {
  const later = Object.entries(outcomesSince)
    .filter(([since]) => !isOlder(version, since))
    .map(([, each]) => each[name])
  const outcome = { ...expectedOutcome[name], ...outcomes?.[name], ...Object.assign({}, ...later) }
  return { ...outcome, answers: outcome.answers + answersBeside }
}

function isOlder(version: string, since: string): boolean {
  return version.localeCompare(since, 'en', { numeric: true }) < 0
}
