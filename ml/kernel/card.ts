/** A model's card: what it was made of, how, and how good it is beside its baseline. Its artefact is named by hash. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

export interface ModelCard {
  readonly model: string;
  /** SHA-256 of the artefact's JSON. */
  readonly hash: string;
  /** What it learnt from: a file, or a span of histories. */
  readonly data: string;
  readonly rows: number;
  readonly features: readonly string[] | number;
  /** On data that it did not learn from. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  readonly published: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly libraries: Readonly<Record<string, string>>;
}

export const artefactOf = (model: unknown): string => JSON.stringify(model);
export const artefactHash = (artefact: string): string => createHash("sha256").update(artefact).digest("hex");

export const LIBRARIES: Readonly<Record<string, string>> = { node: process.versions.node, v8: process.versions.v8 };

/** A model does not take its baseline's place unless it is better by the measure that counts. */
export const beatsBaseline = ({ metrics, baseline }: ModelCard, measure: string): boolean =>
  (metrics[measure] ?? -Infinity) > (baseline[measure] ?? Infinity);

/** Writes `<hash>.json.gz` and `<hash>.card.json`. @returns the hash */
export async function keepModel(folder: string, model: unknown, card: Omit<ModelCard, "hash">): Promise<string> {
  const artefact = artefactOf(model);
  const hash = artefactHash(artefact);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${hash}.json.gz`), gzipSync(artefact));
  await writeFile(path.join(folder, `${hash}.card.json`), `${JSON.stringify({ ...card, hash }, null, 2)}\n`);
  return hash;
}
