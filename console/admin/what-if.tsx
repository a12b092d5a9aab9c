/** What another policy would have done with the payments of the past. */
import type { Simulated } from "../../models/fraudpolicy/fraudpolicy.contract";
import { countOf } from "../parts/format";
import { Figure, Panel } from "../parts/pieces";
import { t, told as wordOf } from "../words/words";

/** `allow>review` in words. */
function movedOf(name: string): string {
  const [from = "", to = ""] = name.split(">");
  return `${wordOf(`verdict.${from}`) ?? from} → ${wordOf(`verdict.${to}`) ?? to}`;
}

export function WhatIf({ told }: { readonly told: Simulated }) {
  const moved = Object.entries(told.moved).sort(([, a], [, b]) => b - a);
  const now = (count: number): string => t("whatIf.now", { n: count });
  return (
    <Panel title={t("whatIf.title", { n: told.decisions })}>
      <dl class="figures">
        <Figure
          label={t("whatIf.frauds")}
          value={countOf(told.fraudsStopped)}
          note={now(told.fraudsStoppedNow)}
          tone={told.fraudsStopped > told.fraudsStoppedNow ? "good" : "plain"}
        />
        <Figure
          label={t("whatIf.honest")}
          value={countOf(told.honestStopped)}
          note={now(told.honestStoppedNow)}
          tone={told.honestStopped > told.honestStoppedNow ? "bad" : "plain"}
        />
      </dl>
      <p role="status">{moved.length === 0 ? t("whatIf.same") : t("whatIf.moved")}</p>
      <ul class="told">
        {moved.map(([name, count]) => (
          <li key={name}>
            {movedOf(name)}: <strong class="numbers">{countOf(count)}</strong>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
