import type { JobRow } from '../snapshot/snapshot.js'
import { minuteText } from './format.js'

/** The newest jobs, with the pictures that were saved of them, unless the page leaves pictures out. */
export function Jobs({
  jobs,
  hasPictures
}: {
  readonly jobs: readonly JobRow[]
  readonly hasPictures: boolean
}) {
  return (
    <section class="panel" aria-labelledby="jobs">
      <h2 id="jobs">Jobs</h2>
      {jobs.length === 0 && <p class="empty">No image or video was bought yet.</p>}
      <ul class="jobs">
        {jobs.map((job) => (
          <Job key={`${job.host} ${job.job}`} job={job} hasPictures={hasPictures} />
        ))}
      </ul>
    </section>
  )
}

function Job({
  job: { job, host, model, atMs, images },
  hasPictures
}: {
  readonly job: JobRow
  readonly hasPictures: boolean
}) {
  return (
    <li>
      {hasPictures && images.length === 0 && (
        <p class="no-picture">Nothing that can be shown is saved here.</p>
      )}
      {images.map(({ name, href }) => (
        <a key={href} href={href} target="_blank" rel="noreferrer">
          <img src={href} alt={`${model || 'Job'}: ${name}`} loading="lazy" decoding="async" />
        </a>
      ))}
      <p>
        <strong>
          <bdi>{model || host}</bdi>
        </strong>
        <small>{`${minuteText(atMs)} UTC`}</small>
        <small class="address">{job}</small>
      </p>
    </li>
  )
}
