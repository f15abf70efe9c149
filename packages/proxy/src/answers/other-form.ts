import { HttpProblem } from '@bursar/local-server'
import { type Asked, recordAnswer } from '../record-response.js'
import { Recording } from './recording.js'
import { eventsOf, wholeOfStream } from './whole-of-stream.js'

/**
 * The same answer in the other form, once it is there whole: as a stream for who asks for one, and whole for who does not.
 * Claude Code asks without `stream` where a stream broke off.
 */
export function otherForm(recording: Recording, asked: Asked): Recording {
  const other = new Recording(recording)
  const record = async (): Promise<void> => {
    recordAnswer(other, { body: await wholeOf(recording) }, asked)
  }
  record().then(
    () => other.end(),
    (error: unknown) => other.end(error)
  )
  return other
}

async function wholeOf(recording: Recording): Promise<NonNullable<Recording['whole']>> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of recording.read()) text += decoder.decode(chunk, { stream: true })
  const whole = recording.whole ?? wholeOfStream(eventsOf(text))
  if (whole) return whole
  throw new HttpProblem({
    status: 400,
    code: 'answered_as_stream',
    message: 'An equal request was answered as a stream of events, and is not asked again within ten minutes',
    moneyState: 'settled'
  })
}
