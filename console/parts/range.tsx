/** A share between nothing and all, moved by hand or by the arrow keys. */
import { useId } from "preact/hooks";

interface RangeProps {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  readonly said: string;
  readonly change: (value: number) => void;
}

export function Range({ label, value, said, change }: RangeProps) {
  const id = useId();
  return (
    <div class="range-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={value}
        aria-valuetext={said}
        onInput={(event) => change(Number(event.currentTarget.value))}
      />
      <output class="numbers">{said}</output>
    </div>
  );
}
