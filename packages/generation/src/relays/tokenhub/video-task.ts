import { error, object, objects, url, word, words } from '../../shared/wire/tolerant-schemas.js'
import type { TaskReader } from '../relay-service.js'
import { taskState } from '../wire/task.js'

/** What `GET /videos/generations/{id}` answers (TokenHub 58 and 59). */
const taskSchema = object({
  status: word(),
  data: objects({ video_url: url }, 1),
  error: error({ code: words(64), message: words() })
})

/** Tasks of TokenHub. */
export const videoTask: TaskReader = {
  path: (id) => `/videos/generations/${id}`,
  read(answer, id) {
    const { status, data, error: failure } = taskSchema.parse(answer)
    if (status === undefined) return undefined
    return taskState(id, {
      status,
      isCompleted: status === 'succeeded',
      hasFailed: status === 'failed',
      url: data[0]?.video_url,
      serviceCode: failure.code,
      reason: failure.message
    })
  }
}
