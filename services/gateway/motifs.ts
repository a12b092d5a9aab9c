/** What pictures can show: each motif as shapes on a sheet of 240 by 180. `A` is the main colour, `B` a lighter one. */

const path = (d: string, fill: "A" | "B" = "A"): string => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="A" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const box = (x: number, y: number, size: readonly [number, number], fill: "A" | "B" = "A"): string =>
  `<rect x="${x}" y="${y}" width="${size[0]}" height="${size[1]}" rx="6" fill="${fill}"/>`;
const disc = (x: number, y: number, r: number, fill: "A" | "B" = "A"): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

export const MOTIFS: Readonly<Record<string, readonly string[]>> = {
  lamp: [path("M96 30h48l22 52H74z"), line("M120 82v56", 7), box(84, 138, [72, 12]), path("M84 88h72l30 46H54z", "B")],
  chair: [box(82, 26, [14, 126]), box(144, 92, [14, 60]), box(82, 86, [76, 16], "B"), line("M89 40h46v40", 8)],
  cushion: [
    path("M64 44q56 16 112 0q-16 46 0 92q-56-16-112 0q16-46 0-92z"),
    path("M96 68q24 6 48 0v46q-24-6-48 0z", "B"),
  ],
  trowel: [path("M104 86h32q6 52-16 74q-22-22-16-74z"), line("M120 86V62", 7), box(110, 18, [20, 46], "B")],
  pan: [path("M48 84h112q-2 46-56 46t-56-46z"), line("M158 90l44-14", 11), path("M56 70h96v10H56z", "B")],
  kettle: [
    path("M78 66h84l12 82H66z"),
    path("M84 56h72l4 10H80z", "B"),
    line("M164 76q34 4 22 44", 8),
    line("M74 86L50 70", 9),
  ],
  headphones: [line("M68 112V96a52 52 0 0 1 104 0v16", 11), box(54, 98, [28, 48], "B"), box(158, 98, [28, 48], "B")],
  phone: [box(86, 20, [68, 140]), box(92, 32, [56, 108], "B"), disc(120, 150, 5, "B")],
  jacket: [
    path("M92 30h56l34 22-14 42-16-8v68H88V86l-16 8-14-42z"),
    line("M120 44v104", 4),
    path("M104 30l16 18 16-18z", "B"),
  ],
  shoe: [
    path("M56 62q22 14 42 2l40 34q44 6 46 32H56z"),
    box(52, 130, [134, 12], "B"),
    line("M104 78l-12 10M118 88l-12 10", 4),
  ],
  bag: [box(60, 70, [120, 82]), line("M92 70q0-38 28-38t28 38", 8), path("M60 70h120v26q-60 24-120 0z", "B")],
  blocks: [box(58, 100, [52, 52]), box(118, 100, [52, 52], "B"), path("M88 92l28-48 28 48z"), disc(180, 76, 14, "B")],
};
