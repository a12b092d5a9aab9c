/** Models learn, and do not decide by what they learnt unless it is better. */
import path from "node:path";
import type { Scene } from "../scene";

/** Two hundred reviews: the older ones Dutch, the newer ones English; the newest part judges. For a shell. */
const REVIEWS =
  'node -e \'for (let n = 0; n < 200; n++) { const [good, bad] = n < 140 ? ["goed", "slecht"] : ' +
  '["great", "bad"]; const praise = n % 2 === 0; console.log(JSON.stringify({' +
  'text: `lamp ${n}: ${praise ? good : bad}`, label: praise ? "praise" : "complaint"})) }\' > "$FOLDER/reviews.jsonl"';

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
  await scene.shell(REVIEWS);
  const trained = await scene.stoa("train", "sentiment", "--from", file);
  guide.holds("the training came to its end, and was not good enough", /declined/.test(trained.out), trained.out);
  const ask = { method: "GET", path: "/v1/models/sentiment", as: "OWNER" } as const;
  const { body } = await guide.ask(ask, { show: outcome });
  const { champion, versions } = body as Learnt;
  const refused = champion === null && versions.at(-1)?.standing === "declined";
  guide.holds("what decided goes on deciding, and the reason is kept", refused, body);
}
