/**
 * What a file is, by its bytes, and pictures in the sizes that pages show. Every picture that leaves the mall was made
 * here from its pixels: no metadata (places, names of cameras), nothing hidden behind or within the picture goes out.
 */
import type { Sharp } from "sharp";
import type { AssetFile, FileType } from "../../models/asset/asset.contract";
import { refuseHere } from "./problem";

export const SIZES = [80, 160, 320, 640, 1_280, 2_048] as const;
export const FORMATS = ["webp", "jpeg", "png", "avif"] as const;
export type Format = (typeof FORMATS)[number];

/** Decompressed: a small file may claim to be a huge picture. */
const PIXELS_MAX = 40_000_000;
const SECONDS_MAX = 10;
const WORKING_MAX = 2;
const WAITING_MAX = 64;

type Sign = readonly [offset: number, text: string];

/** Of the containers that hold AVIF, `avif` and `avis` are the brands. */
const SIGNS: readonly (readonly [FileType, readonly Sign[]])[] = [
  ["image/png", [[0, "\x89PNG\r\n\x1a\n"]]],
  ["image/jpeg", [[0, "\xff\xd8\xff"]]],
  ["image/gif", [[0, "GIF8"]]],
  [
    "image/webp",
    [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  ],
  ["image/avif", [[4, "ftypavi"]]],
  ["application/pdf", [[0, "%PDF-"]]],
];

/** @returns null for what is none of the kinds that are kept, whatever it is called */
export function typeOf(bytes: Buffer): FileType | null {
  const head = bytes.subarray(0, 32).toString("latin1");
  const found = SIGNS.find(([, signs]) => signs.every(([offset, text]) => head.startsWith(text, offset)));
  return found?.[0] ?? null;
}

/** Comes with the first picture: most processes of a mall, and every import, never see one. */
async function library() {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  return (bytes: Buffer): Sharp =>
    sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: "error", pages: 1, sequentialRead: true }).timeout({
      seconds: SECONDS_MAX,
    });
}

/** So many at a time; so many more may wait. */
function gate(): <T>(work: () => Promise<T>) => Promise<T> {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (waiting.length >= WAITING_MAX)
      refuseHere("SERVICE_UNAVAILABLE", "Too many pictures are being made; try again.");
    while (working >= WORKING_MAX) await new Promise<void>((go) => waiting.push(go));
    working++;
    try {
      return await work();
    } finally {
      working--;
      waiting.shift()?.();
    }
  };
}

const inTurn = gate();

function unreadable(error: unknown): never {
  const why = error instanceof Error ? error.message.split("\n")[0]?.slice(0, 120) : "it cannot be read";
  return refuseHere("FILE_INVALID", `The picture cannot be used: ${why ?? ""}.`);
}

/** Looks at a file that has arrived; a picture is decoded wholly. @throws MEDIA_TYPE_UNSUPPORTED, FILE_INVALID */
export async function looked(bytes: Buffer): Promise<Omit<AssetFile, "hash">> {
  const type = typeOf(bytes);
  if (type === null) {
    return refuseHere("MEDIA_TYPE_UNSUPPORTED", "The file is no PNG, JPEG, WebP, GIF, AVIF or PDF, by its content.");
  }
  if (type === "application/pdf") return { type, bytes: bytes.length, width: null, height: null };
  try {
    const open = await library();
    const { autoOrient } = await open(bytes).metadata();
    await inTurn(() => open(bytes).resize(SIZES[0]).raw().toBuffer());
    return { type, bytes: bytes.length, width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    return unreadable(error);
  }
}

/** A picture no wider and no higher than `size`, upright, and never enlarged. */
export const resized = (bytes: Buffer, size: number, format: Format): Promise<Buffer> =>
  inTurn(async () => {
    const open = await library();
    const picture = open(bytes).autoOrient().resize(size, size, { fit: "inside", withoutEnlargement: true });
    const flat = format === "jpeg" ? picture.flatten({ background: "#ffffff" }) : picture;
    return (format === "avif" ? flat.avif({ effort: 2 }) : flat.toFormat(format)).toBuffer();
  });
