/** Name of the channel on which pages of one origin hint that an order has moved. */
const CHANNEL = 'license-center'

/** Several of these come at once when a window is raised. */
const PAUSE_MS = 1_000

/**
 * Calls back when looking again makes sense: the tab is seen, the window has the focus, the network
 * or the page is back, or another tab hints. Hints carry nothing that is believed (W12).
 *
 * @returns stops listening
 */
export function onWakeUp(wake: () => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  let calledAt = -PAUSE_MS
  const call = ({ type }: Event) => {
    if (type === 'visibilitychange' && document.visibilityState === 'hidden') return
    if (performance.now() - calledAt < PAUSE_MS) return
    calledAt = performance.now()
    wake()
  }
  document.addEventListener('visibilitychange', call, { signal })
  for (const name of ['focus', 'online', 'pageshow'])
    window.addEventListener(name, call, { signal })
  const channel = openChannel()
  channel?.addEventListener('message', call, { signal })
  return () => {
    stop.abort()
    channel?.close()
  }
}

/** Hints the other pages of this origin that looking again makes sense. */
export function wakeOthers(): void {
  const channel = openChannel()
  channel?.postMessage(null)
  channel?.close()
}

/** Null where storage is partitioned away or forbidden (W04). */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CHANNEL)
  } catch {
    return null
  }
}
