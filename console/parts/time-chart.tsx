/** Lines over time, by uPlot. What they say stands beside them in words: a canvas says nothing to a screen reader. */
import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import { locale } from "../words/words";

export interface Line {
  readonly name: string;
  /** A custom property of the page's colours: `--accent`. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly filled?: boolean;
}

interface TimeChartProps {
  readonly label: string;
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly write: (value: number) => string;
}

const HEIGHT = 240;
const HOUR_WIDTH = 64;

/** What a custom property comes to in the light that the page is in: a canvas knows no properties. */
function colourOf(at: HTMLElement, name: string): string {
  at.style.color = `var(${name})`;
  const { color } = getComputedStyle(at);
  at.style.removeProperty("color");
  return color;
}

function optionsOf({ lines, write }: TimeChartProps, at: HTMLElement): UPlot.Options {
  const colour = (name: string): string => colourOf(at, name);
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const clock = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" });
  const hours = (_plot: UPlot, splits: number[]): string[] => splits.map((at) => clock.format(at * 1_000));
  return {
    width: at.clientWidth,
    height: HEIGHT,
    // half of the last hour's name stands beside the plot
    padding: [null, HOUR_WIDTH / 2, null, null],
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { ...axis, values: hours },
      { ...axis, size: 80, values: (_plot, splits) => splits.map(write) },
    ],
    series: [
      {},
      ...lines.map(({ name, colour: property, filled = false }) => ({
        label: name,
        stroke: colour(property),
        width: 2,
        ...(filled && { fill: colour(`${property}-wash`) }),
        points: { show: false },
      })),
    ],
  };
}

export function TimeChart(props: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const { times, lines, label } = props;
  useEffect(() => {
    const at = place.current;
    if (at === null) return;
    const data = [times, ...lines.map(({ values }) => values)] as unknown as UPlot.AlignedData;
    const plot = new UPlot(optionsOf(props, at), data, at);
    const watch = new ResizeObserver(() => plot.setSize({ width: at.clientWidth, height: HEIGHT }));
    watch.observe(at);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [times, lines]);
  return <div class="chart" ref={place} role="img" aria-label={label} />;
}
