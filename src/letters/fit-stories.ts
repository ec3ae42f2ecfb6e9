import { encodedSize } from './encoded-size.js';

/** Gmail clips at about 102 KB, and the unsubscribe link goes with what it clips. */
export const htmlLimitBytes = 80_000;

/** How many stories are told in full (the lead among them) and how many by their headline; the rest is left to the web copy. */
export interface Room {
  full: number;
  brief: number;
}

/** The html with the most told that fits. Rendered once if all fits, else a handful of times: each step tells less than the one before. */
export function fitStories(count: number, render: (room: Room) => string): string {
  const whole = render(roomAt(0, count));
  if (encodedSize(whole).bytes <= htmlLimitBytes) return whole;
  let high = 2 * (count - 1);
  let low = Math.min(1, high);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (encodedSize(render(roomAt(middle, count))).bytes <= htmlLimitBytes) high = middle;
    else low = middle + 1;
  }
  return render(roomAt(low, count));
}

/** Step 0 tells all; then the last story shrinks, the one before it, …; when only the lead is left in full, headlines go, the last first. */
function roomAt(step: number, count: number): Room {
  const shrunk = Math.min(step, count - 1);
  return { full: count - shrunk, brief: shrunk - (step - shrunk) };
}
