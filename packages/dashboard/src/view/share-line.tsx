const WIDTH = 100

/** A line that is filled to a share from 0 to 1. The number is told beside it. */
export function ShareLine({ share, isHigh = false }: { readonly share: number; readonly isHigh?: boolean }) {
  const width = Math.min(WIDTH, Math.max(0, share * WIDTH))
  return (
    <svg viewBox={`0 0 ${WIDTH} 1`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width={WIDTH} height="1" />
      <rect class={isHigh ? 'bar warn' : 'bar'} width={width} height="1" />
    </svg>
  )
}
