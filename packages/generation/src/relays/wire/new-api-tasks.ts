import { error, object, url, word, words } from '../../shared/wire/tolerant-schemas.js'
import type { TaskReader } from '../relay-service.js'
import { taskState } from './task.js'

/** What `GET /v1/videos/{id}` answers (OpenClaw 26, 27 and 29). */
const openAiVideoSchema = object({
  status: word(),
  metadata: object({ url }),
  error: error({ code: words(64), message: words() })
})

/** Tasks in the shape of OpenAI's videos. The URL is read only when the task is completed. */
export const openAiVideoTask: TaskReader = {
  path: (id) => `/videos/${id}`,
  read(answer, id) {
    const { status, metadata, error: failure } = openAiVideoSchema.parse(answer)
    if (status === undefined) return undefined
    return taskState(id, {
      status,
      isCompleted: status === 'completed' || status === 'succeeded',
      hasFailed: status === 'failed',
      url: metadata.url,
      serviceCode: failure.code,
      reason: failure.message
    })
  }
}

/** What `GET /v1/video/generations/{id}` answers (OpenClaw 28, Tokenhot 53). */
const taskDtoSchema = object({ data: object({ status: word(), result_url: url, fail_reason: words() }) })

/** Tasks in new-api's own shape. */
export const taskDto: TaskReader = {
  path: (id) => `/video/generations/${id}`,
  read(answer, id) {
    const { status, result_url, fail_reason: reason } = taskDtoSchema.parse(answer).data
    if (status === undefined) return undefined
    const isCompleted = status === 'success'
    return taskState(id, { status, isCompleted, hasFailed: status === 'failure', url: result_url, reason })
  }
}
