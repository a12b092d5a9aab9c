/** Walks through the versions by itself, from the oldest where it stands at the newest. */
import { useEffect, useState } from "preact/hooks";

const STEP_MS = 900;

export function usePlaying(at: number, last: number, move: (at: number) => void) {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => move(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  const toggle = (): void => {
    if (!playing && at >= last) move(0);
    setPlaying(!playing);
  };
  return { playing, toggle };
}
