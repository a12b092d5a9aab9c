/** Models learn, and do not decide by what they learnt unless it is better. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Scene } from "../scene";

const COUNT = 200;
/** The newest part judges, three in ten. */
const OLD_SHARE = 0.7;
const WORDS = {
  old: { praise: ["goed", "mooi", "snel", "prima"], complaint: ["slecht", "kapot", "traag", "lelijk"] },
  new: { praise: ["great", "good", "sturdy", "perfect"], complaint: ["bad", "broken", "useless", "ugly"] },
} as const;

/** Two hundred reviews: the older ones Dutch, the newer ones English. */
const reviews = (): string =>
  Array.from({ length: COUNT }, (_, n) => {
    const label = n % 2 === 0 ? "praise" : "complaint";
    const words = WORDS[n < COUNT * OLD_SHARE ? "old" : "new"][label];
    return JSON.stringify({ text: `lamp ${n}: ${words[Math.floor(n / 2) % words.length] ?? ""}`, label });
  }).join("\n");

interface Learnt {
  readonly champion: string | null;
  readonly versions: readonly { readonly standing: string; readonly why: string | null }[];
}

const outcome = ({ champion, versions }: Learnt): object => {
  const newest = versions.at(-1);
  return { champion, newest: { standing: newest?.standing, why: newest?.why } };
};

export async function learns({ guide, folder, ...scene }: Scene): Promise<void> {
  guide.step("A model is taught from Dutch reviews, judged by the newest, which are English: it is worse, and refused");
  const file = path.join(folder, "reviews.jsonl");
  await writeFile(file, `${reviews()}\n`);
  const trained = await scene.stoa("train", "sentiment", "--from", file);
  guide.holds("the training came to its end, and was not good enough", /declined/.test(trained.out), trained.out);
  const ask = { method: "GET", path: "/v1/models/sentiment", as: "OWNER" } as const;
  const { body } = await guide.ask(ask, { show: outcome });
  const { champion, versions } = body as Learnt;
  const refused = champion === null && versions.at(-1)?.standing === "declined";
  guide.holds("what decided goes on deciding, and the reason is kept", refused, body);
}
