/** A line of steps, as prices go: what it was from when on. Drawn as SVG; said in words beside it. */

export interface Step {
  readonly at: string;
  /** Null while it is not sold. */
  readonly value: number | null;
}

interface ChartProps {
  readonly steps: readonly Step[];
  readonly fromMs: number;
  readonly toMs: number;
  /** What a screen reader says instead. */
  readonly label: string;
}

const [WIDTH, HEIGHT, PAD] = [600, 150, 10];

interface Scale {
  readonly x: (ms: number) => number;
  readonly y: (value: number) => number;
}

function scaleOf({ steps, fromMs, toMs }: ChartProps): Scale {
  const values = steps.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low || high || 1) * 0.15;
  const share = (value: number, from: number, to: number): number => (value - from) / (to - from || 1);
  return {
    x: (ms) => PAD + Math.max(0, share(ms, fromMs, toMs)) * (WIDTH - 2 * PAD),
    y: (value) => HEIGHT - PAD - share(value, low - margin, high + margin) * (HEIGHT - 2 * PAD),
  };
}

/** `M x y H x V y …`; broken where it was not sold. */
function pathOf({ steps, toMs }: ChartProps, { x, y }: Scale): string {
  let path = "";
  let drawing = false;
  for (const [i, { at, value }] of steps.entries()) {
    const until = steps[i + 1] ? Date.parse(steps[i + 1]?.at ?? "") : toMs;
    if (value === null) {
      drawing = false;
      continue;
    }
    path += `${drawing ? `V${y(value)}` : `M${x(Date.parse(at))} ${y(value)}`}H${x(until)}`;
    drawing = true;
  }
  return path;
}

export function StepsChart(props: ChartProps) {
  const scale = scaleOf(props);
  const path = pathOf(props, scale);
  const last = props.steps.at(-1)?.value;
  return (
    <svg class="steps-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={props.label}>
      <path class="line" d={path} />
      {last !== null && last !== undefined && <circle cx={scale.x(props.toMs)} cy={scale.y(last)} r="5" class="dot" />}
    </svg>
  );
}
