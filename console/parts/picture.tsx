/**
 * A picture for every product. What has one in the mall shows that; for the others one is drawn from what they are: the
 * same product always looks the same, products of a category share their colours.
 */

interface PictureProps {
  readonly id: string;
  readonly title: string;
  readonly category?: string | undefined;
  /** Only what the mall itself serves may be loaded: the page's policy refuses the rest. */
  readonly image?: string | null | undefined;
  readonly eager?: boolean;
}

/** FNV-1a, then a small generator: enough to look different, the same everywhere. */
function numbers(seed: string): (below: number) => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

function Shape({ kind, x, y, size, fill }: ShapeProps) {
  if (kind === 0) return <circle cx={x} cy={y} r={size} fill={fill} />;
  if (kind === 1) {
    return <rect x={x - size} y={y - size} width={2 * size} height={2 * size} rx={size / 4} fill={fill} />;
  }
  const arch = `M${x - size} ${y + size}V${y}a${size} ${size} 0 0 1 ${2 * size} 0v${size}z`;
  return <path d={arch} fill={fill} />;
}

interface ShapeProps {
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
}

function Drawn({ id, title, category = "" }: PictureProps) {
  const ofCategory = numbers(category === "" ? title : category);
  const next = numbers(id);
  const hue = ofCategory(360);
  const kind = ofCategory(3);
  const shapes = Array.from({ length: 5 }, (_, i) => ({
    kind: (kind + (i % 2)) % 3,
    x: 20 + next(200),
    y: 20 + next(140),
    size: 14 + next(42),
    fill: `hsl(${(hue + next(50)) % 360} ${35 + next(25)}% ${45 + next(30)}% / 0.5)`,
  }));
  return (
    <svg class="picture" viewBox="0 0 240 180" aria-hidden="true" focusable="false">
      <rect width="240" height="180" fill={`hsl(${hue} 38% 86%)`} />
      {shapes.map((shape, i) => (
        <Shape key={i} {...shape} />
      ))}
    </svg>
  );
}

export function Picture(props: PictureProps) {
  const { image, eager = false } = props;
  if (image?.startsWith("/") !== true) return <Drawn {...props} />;
  return <img class="picture" src={image} alt="" loading={eager ? "eager" : "lazy"} decoding="async" />;
}
