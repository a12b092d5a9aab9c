/**
 * Pictures of things that nobody has photographed: drawn from their name alone. `/pictures/lamp-200-7.svg` is a lamp in
 * the colour 200 (a hue of 0 to 359), and 7 places what lies behind it. The same name is the same picture for ever.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { MOTIFS } from "./motifs";
import { refuseHere } from "./problem";

const NAME = /^([a-z]{1,32})-(\d{1,3})-(\d{1,9})\.svg$/;
const DISCS = 4;

/** Spreads a small number over 0 up to, but not including, `below`. */
const spread = (seed: number, step: number, below: number): number =>
  ((Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)) >>> 8) % below;

function ground(hue: number, seed: number): string {
  const discs = Array.from({ length: DISCS }, (_, i) => {
    const [x, y, r] = [spread(seed, 3 * i, 240), spread(seed, 3 * i + 1, 180), 16 + spread(seed, 3 * i + 2, 44)];
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${(hue + 20 * i) % 360} 45% 80%)" fill-opacity=".6"/>`;
  });
  return `<rect width="240" height="180" fill="hsl(${hue} 40% 90%)"/>${discs.join("")}`;
}

/** @returns the drawing as SVG, or null for a name that means nothing */
export function drawing(name: string): string | null {
  const [, motif = "", hueText = "", seedText = ""] = NAME.exec(name) ?? [];
  const shapes = Object.hasOwn(MOTIFS, motif) ? MOTIFS[motif] : undefined;
  const hue = Number(hueText);
  if (shapes === undefined || hue > 359) return null;
  const seed = Number(seedText);
  const colours = { A: `hsl(${hue} 42% 34%)`, B: `hsl(${(hue + 30) % 360} 48% 62%)` } as const;
  const drawn = shapes.join("").replace(/"([AB])"/g, (_all, letter: "A" | "B") => `"${colours[letter]}"`);
  const turned = `<g transform="rotate(${spread(seed, 99, 9) - 4} 120 90)">${drawn}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180">${ground(hue, seed)}${turned}</svg>`;
}

export function addPictures(app: FastifyInstance): void {
  app.get("/pictures/:name", (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
    const svg = drawing(request.params.name);
    if (svg === null) return refuseHere("ROUTE_NOT_FOUND", "There is no such picture.");
    return reply.header("cache-control", "public, max-age=31536000, immutable").type("image/svg+xml").send(svg);
  });
}
