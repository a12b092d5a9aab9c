/** Models learn from what was bought, and do not decide by what they learnt unless it is better. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { until, type Scene } from "../scene";

const WITHIN_MS = 30_000;
const CUSTOMERS = 6;
const ARTICLES = ["85123A,WHITE HANGING HEART", "71053,WHITE METAL LANTERN", "22752,SET 7 NESTING BOXES", "21730,STAR"];
const HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/** Six customers who bought four articles each, one after the other. */
const invoices = (): string =>
  Array.from({ length: CUSTOMERS * ARTICLES.length }, (_, n) => {
    const [customer, article] = [n % CUSTOMERS, ARTICLES[Math.floor(n / CUSTOMERS)] ?? ""];
    const day = String(1 + Math.floor(n / CUSTOMERS)).padStart(2, "0");
    const [number, who] = [536_365 + n, 17_850 + customer];
    return `${number},${article},1,2010-12-${day} 08:${String(10 + n)}:00,2.55,${who},United Kingdom`;
  }).join("\n");

interface Version {
  readonly standing: string;
  readonly why: string | null;
  readonly card: { readonly measure: string; readonly data: string };
}

interface Learnt {
  readonly champion: string | null;
  readonly versions: readonly Version[];
  readonly training: object | null;
  readonly skipped: { readonly why: string } | null;
}

const outcome = ({ champion, versions }: Learnt): object => {
  const last = versions.at(-1);
  return { champion, newest: { standing: last?.standing, data: last?.card.data, why: last?.why } };
};

export async function learns({ guide, folder, stoa }: Scene): Promise<void> {
  guide.step("A model is trained anew, is not better than what decides, and therefore does not decide");
  const file = path.join(folder, "invoices.csv");
  await writeFile(file, `${HEAD}\n${invoices()}\n`);
  const replayed = await stoa("replay", "uci-retail", file);
  guide.holds("purchases of six more customers are played into the mall", replayed.code === 0, replayed.err);
  const ask = { method: "GET", path: "/v1/models/recommendation", as: "OWNER" } as const;
  await until("the purchases are seen by who learns from them, and a training has ended", WITHIN_MS, async () => {
    await guide.quietly({ method: "POST", path: `${ask.path}/retrain`, as: "OWNER", body: {} });
    const { versions = [], training } = (await guide.quietly(ask)).body as Partial<Learnt>;
    return training === null && versions.length > 0 ? true : null;
  });
  guide.tell('$ curl -X POST "$MALL/v1/models/recommendation/retrain" -H "$OWNER" -H "$JSON" -d \'{}\'');
  const { body } = await guide.ask(ask, { show: outcome });
  const { champion, versions } = body as Learnt;
  const declined = champion === null && versions.every(({ standing }) => standing === "declined");
  guide.holds("it is declined, with the reason, and what decided goes on deciding", declined, body);
}
