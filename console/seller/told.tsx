/** How far something is that is done to many, and what could not be done. */
import { Notice, ToldProblem } from "../parts/pieces";
import { t } from "../words/words";
import type { Report } from "./in-bulk";

export function Told({ report, of }: { readonly report: Report; readonly of: number }) {
  const { done, failed } = report;
  const over = done + failed.length;
  return (
    <Notice tone={failed.length > 0 ? "warn" : "good"}>
      <div>
        <p>{t("bulk.report", { n: done, failed: failed.length })}</p>
        {over < of && <progress max={of} value={over} aria-label={t("bulk.title")} />}
        <ul class="told">
          {failed.map(({ name, why }) => (
            <li key={name}>
              <strong>{name}</strong>: <ToldProblem problem={why} />
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  );
}
