import { useRef, useState } from 'preact/hooks'
import type { FrozenState } from '../snapshot/snapshot.js'
import { minuteText } from '../view/format.js'
import { writeToServer } from './server-calls.js'

/** The button that freezes or thaws, and the dialog that says what happens then. */
export function FreezeControl({
  frozen,
  onDone
}: {
  readonly frozen: FrozenState | null
  readonly onDone: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const open = (): void => {
    setProblem('')
    // The browser keeps the focus in it, closes it on Escape, and gives the focus back.
    dialog.current?.showModal()
  }
  const write = async (reason: string): Promise<void> => {
    setIsBusy(true)
    try {
      await (frozen ? writeToServer('api/thaw', {}) : writeToServer('api/freeze', { reason }))
      dialog.current?.close()
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'Nothing was changed.')
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <button type="button" class={frozen ? 'main' : 'danger'} onClick={open}>
        {frozen ? 'Thaw …' : 'Freeze …'}
      </button>
      <dialog ref={dialog} aria-labelledby="confirm-title" aria-describedby="confirm-text">
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault()
            void write(String(new FormData(event.currentTarget).get('reason') ?? ''))
          }}
        >
          {frozen ? <ThawText frozen={frozen} /> : <FreezeText />}
          {problem !== '' && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
          <div class="buttons">
            <button type="button" class="plain" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" class={frozen ? 'main' : 'danger'} disabled={isBusy}>
              {frozen ? 'Let payments go on' : 'Freeze all payments'}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}

function FreezeText() {
  return (
    <>
      <h2 id="confirm-title">Freeze all payments?</h2>
      <p id="confirm-text">
        No process on this ledger pays, tops up or carries on a payment until somebody thaws it. What was sent
        already can still settle.
      </p>
      <label>
        Why
        <input name="reason" required maxLength={200} autocomplete="off" />
      </label>
    </>
  )
}

function ThawText({ frozen: { reason, by, sinceMs } }: { readonly frozen: FrozenState }) {
  return (
    <>
      <h2 id="confirm-title">Let payments go on?</h2>
      <p id="confirm-text">
        Every process on this ledger may pay again, within its limits. It was frozen by {by},{' '}
        {minuteText(sinceMs)} UTC: <bdi>{reason}</bdi>
      </p>
    </>
  )
}
