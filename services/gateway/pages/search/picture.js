// A picture for every product, drawn from what it is: the same product always looks the same, products of a category
// share their colours. What has a picture in the mall shows that one; nothing is loaded from elsewhere.

const SVG = "http://www.w3.org/2000/svg";

function draw(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** FNV-1a, then a small generator: enough to look different, the same everywhere. */
function numbers(seed) {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0), 0x01000193) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

const shapes = {
  circle: (x, y, size) => draw("circle", { cx: x, cy: y, r: size }),
  box: (x, y, size) => draw("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, rx: size / 4 }),
  arch: (x, y, size) =>
    draw("path", { d: `M${x - size} ${y + size}V${y}a${size} ${size} 0 0 1 ${2 * size} 0v${size}z` }),
  drop: (x, y, size) => draw("path", { d: `M${x} ${y - size}L${x + size} ${y + size}H${x - size}z` }),
};

/** Only what the mall itself serves may be loaded: the page's policy refuses the rest. */
export function picture({ image, ...about }) {
  if (!image?.startsWith("/")) return drawn(about);
  return Object.assign(document.createElement("img"), { src: image, alt: "", loading: "lazy", className: "picture" });
}

/** `{ id, title, category }` → an SVG element of 4 to 3. */
function drawn({ id, title, category }) {
  const ofCategory = numbers(category || title);
  const next = numbers(id);
  const hue = ofCategory(360);
  const kinds = Object.values(shapes);
  const svg = draw("svg", { viewBox: "0 0 240 180", role: "img", "aria-hidden": "true" });
  svg.append(draw("rect", { width: 240, height: 180, fill: `hsl(${hue} 38% 86%)` }));
  for (let i = 0; i < 5; i++) {
    const shape = kinds[(ofCategory(4) + (i % 2)) % kinds.length](20 + next(200), 20 + next(140), 14 + next(42));
    shape.setAttribute("fill", `hsl(${(hue + next(50)) % 360} ${35 + next(25)}% ${45 + next(30)}%)`);
    shape.setAttribute("fill-opacity", "0.55");
    svg.append(shape);
  }
  const initial = [...title.trim()].find((char) => /[\p{L}\p{N}]/u.test(char)) ?? "•";
  const letter = draw("text", {
    x: 120,
    y: 122,
    "text-anchor": "middle",
    "font-size": 92,
    "font-weight": 700,
    "font-family": "Georgia, serif",
    fill: `hsl(${hue} 45% 20%)`,
  });
  letter.textContent = initial.toUpperCase();
  svg.append(letter);
  return svg;
}
